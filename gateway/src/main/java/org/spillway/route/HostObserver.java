package org.spillway.route;

/**
 * Told by the courier how each host behaved during attempts (not during probes, whose answer is
 * their own). Replies about a message or recipient are never told as bad: a 4yz to RCPT or DATA is
 * neither good nor bad. May be called from any thread; never blocks.
 */
public interface HostObserver {
  /** The host took a message, or judged one for good (2yz or 5yz to RCPT, DATA or final dot). */
  void good(Hop hop, String reply);

  /**
   * A target failure: refused, timed out, TLS failed under policy, 421 or 554 greeting, EHLO
   * failed, or a reply with {@code Effect.TargetFailure}.
   *
   * @param step how far it came, as {@code Outcome.Step} names it
   */
  void bad(Hop hop, String step, String why);

  /** The host said that it is too busy: 421 in mid-session, 452 4.3.1. Moves no health. */
  void overloaded(Hop hop, String why);
}

package org.spillway.deliver.tls;

/** What MTA-STS says of a domain now. */
public sealed interface StsState {
  /** Nothing. */
  record None() implements StsState {}

  /** A policy that holds: live, or kept from before and not expired (RFC 8461 §3.3). */
  record Active(StsPolicy policy) implements StsState {}

  /**
   * A record says that there is a policy, but it cannot be had and none is kept: mail goes on as if
   * there were none (RFC 8461 §3.3), and a report says so.
   */
  record Broken(TlsFault fault) implements StsState {}
}

package org.spillway.guard.rate;

import java.time.Duration;
import java.util.List;

/**
 * One limit.
 *
 * @param by whose mail is counted
 * @param of what is counted
 * @param most so much in the time, in messages, recipients or bytes
 * @param per the time, a window that slides
 */
public record RateLimit(By by, Of of, long most, Duration per) {
  /** Whose mail is counted. */
  public enum By {
    /** One client address. */
    ADDRESS,
    /** A client's /24 or /64. */
    NETWORK,
    /** A MAIL FROM address; all null senders of one client address together. */
    SENDER,
    /** A RCPT TO address. */
    RECIPIENT,
    /** An authenticated user. */
    USER
  }

  /** What is counted. */
  public enum Of {
    /** MAIL commands; for {@link By#RECIPIENT} its RCPT commands. */
    MESSAGES,
    /** RCPT commands. */
    RECIPIENTS,
    /** Bytes of content. */
    BYTES
  }

  /**
   * Only for users: a stolen password is the one flood that is surely not somebody's ordinary mail
   * exchange, and no person reaches this. Other servers send in bursts that no number fits, and the
   * session limits bound them already.
   */
  public static final List<RateLimit> DEFAULT =
      List.of(
          new RateLimit(By.USER, Of.MESSAGES, 1800, Duration.ofHours(1)),
          new RateLimit(By.USER, Of.RECIPIENTS, 10_000, Duration.ofDays(1)));
}

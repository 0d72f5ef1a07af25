package org.spillway.smtp.server;

import java.time.Duration;

/**
 * Limits of one session and of all sessions together; each has its own reply and metric.
 *
 * @param sessions most at a time (421 4.3.2)
 * @param sessionsPerAddress most from one address (421 4.7.0)
 * @param sessionsPerNetwork most from one /24 or /64 (421 4.7.0)
 * @param commandsPerSession most commands (421 4.7.0)
 * @param errorsPerSession most commands answered 5yz (421 4.7.0)
 * @param messagesPerSession most transactions (421 4.7.0)
 * @param recipients most of one message (452 4.5.3)
 * @param sizeBytes largest message (552 5.3.4), at MAIL and while it streams
 * @param commandLineBytes longest command line with its CRLF (500 5.5.2)
 * @param lineBytes longest line of content with its CRLF (500 5.6.0; RFC 5321 §4.5.3.1.6 says 1000)
 * @param headerBytes largest header section (552 5.3.4)
 * @param bareLines what a CR or LF alone leads to
 * @param nul what a NUL byte leads to
 * @param commandTimeout wait for a command (RFC 5321 §4.5.3.2.7)
 * @param dataTimeout wait for the next block of content (RFC 5321 §4.5.3.2.5)
 * @param minBytesPerSecond floor of the data rate, averaged over 30 s; 0 turns it off
 * @param messageTimeout longest wait between end of data and reply before 451 4.3.0
 * @param bufferBytes most heap that all sessions may use for content in hand (452 4.3.1)
 */
public record SessionLimits(
    int sessions,
    int sessionsPerAddress,
    int sessionsPerNetwork,
    int commandsPerSession,
    int errorsPerSession,
    int messagesPerSession,
    int recipients,
    long sizeBytes,
    int commandLineBytes,
    int lineBytes,
    int headerBytes,
    Malformed bareLines,
    Malformed nul,
    Duration commandTimeout,
    Duration dataTimeout,
    long minBytesPerSecond,
    Duration messageTimeout,
    long bufferBytes) {
  /** What malformed bytes in content lead to. */
  public enum Malformed {
    /** The message is refused: 554 5.6.0. */
    REFUSE,
    /** A bare CR or LF becomes CRLF; a NUL is dropped. Never the end of data. */
    NORMALISE
  }

  /** The defaults. */
  public static final SessionLimits DEFAULT =
      new SessionLimits(
          2000,
          100,
          400,
          100_000,
          20,
          10_000,
          1000,
          50L << 20,
          2048,
          2000,
          256 << 10,
          Malformed.REFUSE,
          Malformed.REFUSE,
          Duration.ofMinutes(5),
          Duration.ofMinutes(3),
          100,
          Duration.ofSeconds(60),
          64L << 20);
}

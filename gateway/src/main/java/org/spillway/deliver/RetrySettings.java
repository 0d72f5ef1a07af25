package org.spillway.deliver;

import java.time.Duration;
import java.util.List;

/**
 * When a deferred recipient is tried again, and for how long (reference §3.2; RFC 5321 §4.5.4.1).
 *
 * @param first waits after the first attempts, in order
 * @param growFrom the wait after those
 * @param growTo where it grows to, doubling
 * @param jitter share by which each wait varies both ways, 0 to 1
 * @param lifetime of inbound and outbound mail
 * @param notificationLifetime of our own notifications (null sender)
 * @param delayNotice when the sender is told that it takes long
 * @param unknownHold least wait before a recipient with an Unknown outcome is tried again
 */
public record RetrySettings(
    List<Duration> first,
    Duration growFrom,
    Duration growTo,
    double jitter,
    Duration lifetime,
    Duration notificationLifetime,
    Duration delayNotice,
    Duration unknownHold) {
  public RetrySettings {
    first = List.copyOf(first);
  }

  /** 1, 5, 15, 30 min, then 30 to 60 min, ±10 %; 5 days, notifications 1 day; notice at 4 h. */
  public static final RetrySettings DEFAULT =
      new RetrySettings(
          List.of(
              Duration.ofMinutes(1),
              Duration.ofMinutes(5),
              Duration.ofMinutes(15),
              Duration.ofMinutes(30)),
          Duration.ofMinutes(30),
          Duration.ofMinutes(60),
          0.1,
          Duration.ofDays(5),
          Duration.ofDays(1),
          Duration.ofHours(4),
          Duration.ofMinutes(10));
}

package org.spillway.config;

import java.time.Duration;
import org.spillway.deliver.RetrySettings;
import org.spillway.smtp.server.SessionLimits;
import org.spillway.smtp.server.SessionLimits.Malformed;

/** {@code limits} and {@code retry}. */
final class LimitsReader {
  static final int RECEIVED_HOPS = 100; // RFC 5321 §6.3: at least 100

  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final int LEAST_RECIPIENTS = 100; // RFC 5321 §4.5.3.1.8
  private static final Duration SENDERS_WAIT = Duration.ofMinutes(10); // RFC 5321 §4.5.3.2.6
  private static final Duration LONGEST_LIFETIME = Duration.ofDays(30);

  private final Section limits;
  private final Section retry;

  LimitsReader(Section root) {
    this.limits = root.section("limits");
    this.retry = root.section("retry");
  }

  SessionLimits limits() {
    SessionLimits d = SessionLimits.DEFAULT;
    SessionLimits read =
        new SessionLimits(
            limits.number("sessions", d.sessions()),
            limits.number("sessions-per-address", d.sessionsPerAddress()),
            limits.number("sessions-per-network", d.sessionsPerNetwork()),
            limits.number("commands-per-session", d.commandsPerSession()),
            limits.number("errors-per-session", d.errorsPerSession()),
            limits.number("messages-per-session", d.messagesPerSession()),
            limits.number("recipients", d.recipients()),
            limits.size("size", d.sizeBytes(), 64 * KIB, 16 * GIB),
            // RFC 5321 §4.5.3.1.4 and §4.5.3.1.6: at least 512 and 1000
            (int) limits.size("command-line", d.commandLineBytes(), 512, 64 * KIB),
            (int) limits.size("line", d.lineBytes(), 1000, MIB),
            (int) limits.size("header", d.headerBytes(), 4 * KIB, 16 * MIB),
            limits.choice("bare-lines", Malformed.class).orElse(d.bareLines()),
            limits.choice("nul", Malformed.class).orElse(d.nul()),
            limits.duration("command-timeout", d.commandTimeout()),
            limits.duration("data-timeout", d.dataTimeout()),
            limits.size("min-rate", d.minBytesPerSecond(), 0, GIB),
            limits.duration("message-timeout", d.messageTimeout()),
            limits.size("buffer", d.bufferBytes(), MIB, 64 * GIB));
    check(read);
    return read;
  }

  private void check(SessionLimits read) {
    if (read.recipients() < LEAST_RECIPIENTS) {
      limits.warn(
          "recipients",
          "is below the 100 that RFC 5321 asks for",
          "use 100 or more, unless few senders are known");
    }
    for (String key : new String[] {"command-timeout", "data-timeout", "message-timeout"}) {
      if (limits.duration(key, SENDERS_WAIT).isZero()) {
        limits.problem(key, "is nothing, so that no mail would come in", "use for example 60s");
      }
    }
    if (read.messageTimeout().compareTo(SENDERS_WAIT) >= 0) {
      limits.problem(
          "message-timeout",
          "is as long as senders wait, who would send again what came in",
          "use less than 10m, best 60s");
    }
  }

  int receivedHops() {
    return limits.number("received-hops", RECEIVED_HOPS);
  }

  RetrySettings retry() {
    RetrySettings d = RetrySettings.DEFAULT;
    Form<Duration> form = new Form<>("a duration", "1m or 5m", Units::duration);
    RetrySettings read =
        new RetrySettings(
            retry.has("first") ? retry.list("first", form) : d.first(),
            retry.duration("grow-from", d.growFrom()),
            retry.duration("grow-to", d.growTo()),
            retry.ratio("jitter", d.jitter()),
            retry.duration("lifetime", d.lifetime()),
            retry.duration("notification-lifetime", d.notificationLifetime()),
            retry.duration("delay-notice", d.delayNotice()),
            retry.duration("unknown-hold", d.unknownHold()));
    check(read);
    return read;
  }

  private void check(RetrySettings read) {
    if (read.growFrom().isZero()) {
      retry.problem("grow-from", "is nothing, so that no try would wait", "use for example 30m");
    }
    if (read.growFrom().compareTo(read.growTo()) > 0) {
      retry.problem("grow-from", "is longer than grow-to", "raise grow-to");
    }
    if (read.lifetime().isZero() || read.lifetime().compareTo(LONGEST_LIFETIME) > 0) {
      retry.problem("lifetime", "is not between nothing and 30d", "use for example 5d");
    }
    if (read.notificationLifetime().compareTo(read.lifetime()) > 0) {
      retry.problem("notification-lifetime", "is longer than lifetime", "use for example 1d");
    }
    if (read.delayNotice().compareTo(read.lifetime()) >= 0) {
      retry.warn("delay-notice", "is no sooner than lifetime, so that none is sent", "use 4h");
    }
  }
}

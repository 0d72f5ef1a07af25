package org.spillway.smtp.mina;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.spillway.metrics.Metrics;
import org.spillway.smtp.mina.TlsContext.Expiry;

/** Shows the days that each certificate of ours is still good for, and says which end soon. */
public final class CertificateWatch {
  /** Days left, at and below which a certificate raises an alarm. */
  public static final int ALARM_DAYS = 21;

  private static final String GAUGE = "spillway_tls_certificate_days_left";

  private final Metrics metrics;
  private final InstantSource clock;
  private final Map<String, Supplier<Optional<Expiry>>> watched = new LinkedHashMap<>();

  /** Watches none yet. */
  public CertificateWatch(Metrics metrics, InstantSource clock) {
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Watches the certificate that listeners use. */
  public void watch(String name, TlsContext context) {
    watch(name, () -> Optional.of(context.expiry(clock.instant())));
  }

  /** Watches the certificate in a file, as it stands there. */
  public void watch(String name, TlsFiles files) {
    watch(name, () -> onDisk(files));
  }

  private synchronized void watch(String name, Supplier<Optional<Expiry>> expiry) {
    if (watched.put(name, expiry) == null) {
      metrics.gauge(GAUGE, () -> days(name), "certificate", name);
    }
  }

  /** Not a number when the file cannot be read. */
  private double days(String name) {
    Supplier<Optional<Expiry>> expiry;
    synchronized (this) {
      expiry = watched.get(name);
    }
    return expiry.get().map(e -> (double) e.days()).orElse(Double.NaN);
  }

  private Optional<Expiry> onDisk(TlsFiles files) {
    try {
      return Optional.of(
          Expiry.of(files.certificate(), files.load().certificate(), clock.instant()));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** One line for each certificate that has ended, ends soon or cannot be read. */
  public synchronized List<String> alarms() {
    List<String> alarms = new ArrayList<>();
    watched.forEach((name, expiry) -> alarm(name, expiry.get()).ifPresent(alarms::add));
    return alarms;
  }

  private static Optional<String> alarm(String name, Optional<Expiry> expiry) {
    if (expiry.isEmpty()) {
      return Optional.of("the certificate of " + name + " cannot be read");
    }
    Expiry it = expiry.get();
    if (it.days() > ALARM_DAYS) {
      return Optional.empty();
    }
    String when = it.left().isNegative() ? " ended at " : " ends in " + it.days() + " days, at ";
    return Optional.of("the certificate of " + name + when + it.end() + ": " + it.file());
  }
}

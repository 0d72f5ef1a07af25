package org.spillway.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;

/**
 * Decides by {@link NotifyRules} who is told, and sends one notification for all recipients of an
 * entry that were settled together.
 */
public final class DsnReporter implements Reporter {
  private static final Logger LOG = LoggerFactory.getLogger(DsnReporter.class);

  private final DsnWriter writer;
  private final Outbox outbox;
  private final NotifyRules rules;
  private final Supplier<Duration> lifetime;

  /**
   * A reporter.
   *
   * @param isStore true for sites whose 250 is delivery into a mailbox (LMTP)
   * @param lifetime how long mail is tried, as now configured
   */
  public DsnReporter(
      DsnWriter writer, Outbox outbox, Predicate<SiteName> isStore, Supplier<Duration> lifetime) {
    this.writer = writer;
    this.outbox = outbox;
    this.rules = new NotifyRules(isStore);
    this.lifetime = lifetime;
  }

  @Override
  public void settled(Entry entry, Map<Integer, Disposition> now) {
    if (entry.envelope().from().isNull()) {
      return;
    }
    List<Fate> fates = new ArrayList<>();
    now.forEach((index, standing) -> rules.settled(entry, index, standing).ifPresent(fates::add));
    send(entry, fates);
  }

  @Override
  public void delayed(Entry entry, Set<Integer> recipients, String why) {
    if (entry.envelope().from().isNull()) {
      return;
    }
    Instant until = entry.id().instant().plus(lifetime.get());
    List<Fate> fates = new ArrayList<>();
    for (int index : new TreeSet<>(recipients)) {
      rules.delayed(entry, index, why, until).ifPresent(fates::add);
    }
    send(entry, fates);
  }

  private void send(Entry entry, List<Fate> fates) {
    Optional<Dsn> dsn = writer.write(entry, fates);
    if (dsn.isPresent() && !outbox.send(dsn.get().envelope(), dsn.get().content())) {
      LOG.warn("The notification about {} could not be stored; its sender is not told", entry.id());
    }
  }
}

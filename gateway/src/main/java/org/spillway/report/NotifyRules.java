package org.spillway.report;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.spillway.mail.Notify;
import org.spillway.mail.Recipient;
import org.spillway.mail.Status;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;

/**
 * Whether a sender is told of a recipient, and what (RFC 3461 §4.1, §5.2). Never for a null
 * reverse-path: it has nobody to tell, and a bounce of a bounce would never end (RFC 5321 §4.5.5).
 *
 * <pre>
 *   disposition                NOTIFY unset   NEVER   SUCCESS    FAILURE   DELAY
 *   Bounced, Expired           failed         –       –          failed    –
 *   Delivered into a store     –              –       delivered  –         –
 *   Delivered to an MTA        –              –       relayed    –         –
 *   Delivered, DSN passed on   –              –       –          –         –
 *   Waiting for long           delayed        –       –          –         delayed
 *   Held, Quarantined,
 *   Discarded, Waiting         –              –       –          –         –
 * </pre>
 */
final class NotifyRules {
  private final Predicate<SiteName> isStore;

  /**
   * The rules.
   *
   * @param isStore true for sites whose 250 is delivery into a mailbox (LMTP)
   */
  NotifyRules(Predicate<SiteName> isStore) {
    this.isStore = isStore;
  }

  /** What to tell of a recipient that came to stand so; empty for nothing. */
  Optional<Fate> settled(Entry entry, int index, Disposition now) {
    Recipient recipient = entry.envelope().recipients().get(index);
    return switch (now) {
      case Disposition.Bounced b ->
          wants(recipient, Notify.FAILURE, true)
              ? Optional.of(failed(index, status(b.status()), b.why(), b.at()))
              : Optional.empty();
      case Disposition.Expired e ->
          wants(recipient, Notify.FAILURE, true)
              // X.4.7 in class 4: the address may be good, so lists must not drop it (RFC 3463
              // §3.5)
              ? Optional.of(failed(index, new Status(4, 4, 7), e.why(), lastTried(entry, index, e)))
              : Optional.empty();
      case Disposition.Delivered d ->
          wants(recipient, Notify.SUCCESS, false) && !d.dsnPassedOn()
              ? Optional.of(delivered(index, d))
              : Optional.empty();
      case Disposition.Waiting _,
          Disposition.Held _,
          Disposition.Quarantined _,
          Disposition.Discarded _ ->
          Optional.empty();
    };
  }

  /** What to tell of a recipient that waits for long; empty for nothing. */
  Optional<Fate> delayed(Entry entry, int index, String why, Instant retryUntil) {
    Recipient recipient = entry.envelope().recipients().get(index);
    if (entry.facts().autoSubmitted() || !wants(recipient, Notify.DELAY, true)) {
      return Optional.empty(); // a machine or a list reads no delay notice
    }
    Status status = SmtpWords.status(why).filter(s -> s.kind() == 4).orElse(new Status(4, 4, 1));
    Instant last = entry.standings().get(index).at();
    return Optional.of(
        new Fate(
            index,
            Fate.Kind.DELAYED,
            status,
            why,
            SmtpWords.hop(why),
            last,
            Optional.of(retryUntil)));
  }

  private static boolean wants(Recipient recipient, Notify what, boolean whenUnset) {
    Set<Notify> asked = recipient.notifyOn();
    return asked.isEmpty() ? whenUnset : asked.contains(what) && !asked.contains(Notify.NEVER);
  }

  private static Fate failed(int index, Status status, String why, Instant last) {
    return new Fate(
        index, Fate.Kind.FAILED, status, why, SmtpWords.hop(why), last, Optional.empty());
  }

  private Fate delivered(int index, Disposition.Delivered d) {
    // RFC 3461 §5.2.2: a hop without DSN took it; whether it reaches the mailbox is not ours to say
    Fate.Kind kind =
        isStore.test(d.site()) && !d.relayed() ? Fate.Kind.DELIVERED : Fate.Kind.RELAYED;
    Status status =
        SmtpWords.status(d.reply()).filter(s -> s.kind() == 2).orElse(new Status(2, 0, 0));
    return new Fate(index, kind, status, d.reply(), Optional.of(d.hop()), d.at(), Optional.empty());
  }

  private static Status status(String text) {
    return Status.leading(text).filter(s -> s.kind() != 2).orElse(new Status(5, 0, 0));
  }

  private static Instant lastTried(Entry entry, int index, Disposition.Expired expired) {
    return entry.standings().get(index) instanceof Disposition.Waiting waiting
            && waiting.attempts() > 0
        ? waiting.at()
        : expired.at();
  }
}

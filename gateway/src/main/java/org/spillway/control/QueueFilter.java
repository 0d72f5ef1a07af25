package org.spillway.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.spillway.mail.Address;
import org.spillway.mail.Domain;
import org.spillway.mail.EntryId;
import org.spillway.mail.ReversePath;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;

/**
 * Which recipients of the queue are meant; all that is given must hold, and one of the values where
 * several are given.
 *
 * @param ids messages by name; empty means any
 * @param statuses standings; empty means all that are not final
 * @param site where the mail belongs
 * @param domain the recipient's domain
 * @param from the sender: an address, {@code @domain}, or {@code <>}
 * @param to the recipient: an address or {@code @domain}
 * @param older accepted longer ago than this
 * @param younger accepted less long ago than this
 */
public record QueueFilter(
    Set<EntryId> ids,
    Set<Standing> statuses,
    Optional<SiteName> site,
    Optional<Domain> domain,
    Optional<String> from,
    Optional<String> to,
    Optional<Duration> older,
    Optional<Duration> younger) {
  /** Everything in the queue. */
  public static final QueueFilter ALL =
      new QueueFilter(
          Set.of(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public QueueFilter {
    ids = java.util.Collections.unmodifiableSet(new TreeSet<>(ids));
    statuses = java.util.Collections.unmodifiableSet(new TreeSet<>(statuses));
  }

  /** These messages, whole. */
  public static QueueFilter of(EntryId... ids) {
    return new QueueFilter(
        Set.of(ids),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** True when nothing is given, so that everything is meant. */
  public boolean isAll() {
    return equals(ALL);
  }

  /** The recipients of an entry that are meant, by index, ascending. */
  List<Integer> recipients(Entry entry, Instant now, Placement placement) {
    List<Integer> meant = new ArrayList<>();
    if (!meansMessage(entry, now)) {
      return meant;
    }
    for (int i = 0; i < entry.standings().size(); i++) {
      if (meansRecipient(entry, i) && isAt(placement, entry, i)) {
        meant.add(i);
      }
    }
    return meant;
  }

  private boolean meansMessage(Entry entry, Instant now) {
    Duration age = Duration.between(entry.id().instant(), now);
    return (ids.isEmpty() || ids.contains(entry.id()))
        && older.map(least -> age.compareTo(least) >= 0).orElse(true)
        && younger.map(most -> age.compareTo(most) < 0).orElse(true)
        && from.map(text -> isSender(text, entry.envelope().from())).orElse(true);
  }

  private boolean meansRecipient(Entry entry, int i) {
    Address address = entry.envelope().recipients().get(i).address();
    Disposition standing = entry.standings().get(i);
    boolean meant =
        statuses.isEmpty() ? !standing.isFinal() : statuses.contains(Standing.of(standing));
    return meant
        && domain.map(address.domain()::equals).orElse(true)
        && to.map(text -> isAddress(text, address)).orElse(true);
  }

  private boolean isAt(Placement placement, Entry entry, int i) {
    return site.isEmpty() || site.equals(placement.siteOf(entry, i));
  }

  private static boolean isSender(String text, ReversePath path) {
    return text.equals("<>")
        ? path.isNull()
        : path.address().map(address -> isAddress(text, address)).orElse(false);
  }

  private static boolean isAddress(String text, Address address) {
    return text.startsWith("@")
        ? Domain.parse(text.substring(1)).map(address.domain()::equals).orElse(false)
        : Address.parse(text)
            .map(a -> a.key().equals(address.key()))
            .orElseGet(() -> text.toLowerCase(Locale.ROOT).equals(address.key()));
  }

  /** In the words of the command line, for the audit; {@code all} when nothing is given. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    ids.forEach(id -> text.append(' ').append(id));
    statuses.forEach(s -> text.append(" --status ").append(s.word()));
    site.ifPresent(s -> text.append(" --site ").append(s));
    domain.ifPresent(d -> text.append(" --domain ").append(d));
    from.ifPresent(f -> text.append(" --from ").append(f));
    to.ifPresent(t -> text.append(" --to ").append(t));
    older.ifPresent(d -> text.append(" --older ").append(d.toSeconds()).append('s'));
    younger.ifPresent(d -> text.append(" --younger ").append(d.toSeconds()).append('s'));
    return text.isEmpty() ? "all" : text.substring(1);
  }
}

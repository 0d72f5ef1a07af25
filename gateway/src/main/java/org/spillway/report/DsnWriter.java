package org.spillway.report;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.spillway.mail.Address;
import org.spillway.mail.Body;
import org.spillway.mail.EntryId;
import org.spillway.mail.Envelope;
import org.spillway.mail.Notify;
import org.spillway.mail.Recipient;
import org.spillway.mail.ReversePath;
import org.spillway.spool.Entry;

/**
 * Writes delivery status notifications (RFC 3464) as multipart/report (RFC 6522): words for people,
 * fields for machines, and the headers of the message. Headers only, also for RET=FULL, which RFC
 * 3461 §4.3 leaves to us and RFC 8689 §5 asks for: a full copy sent to a forged sender would be
 * spam with our name on it. Only reads its arguments.
 */
public final class DsnWriter {
  /** RFC 5322 §3.3; we speak UTC. */
  static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss '+0000'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final String node;
  private final Optional<Address> postmaster;
  private final RandomGenerator chance;
  private final InstantSource clock;

  /**
   * A writer for one node.
   *
   * @param node its host name
   * @param postmaster whom people may ask; postmaster at the node when empty
   */
  public DsnWriter(
      String node, Optional<Address> postmaster, RandomGenerator chance, InstantSource clock) {
    this.node = node;
    this.postmaster = postmaster.filter(Address::isAscii);
    this.chance = chance;
    this.clock = clock;
  }

  /**
   * The notification about some recipients of a message; empty when there is nobody to tell or
   * nothing to say.
   */
  public Optional<Dsn> write(Entry entry, List<Fate> fates) {
    Optional<Address> sender = entry.envelope().from().address();
    if (sender.isEmpty() || fates.isEmpty()) {
      return Optional.empty(); // RFC 5321 §4.5.5: never an answer to the null reverse-path
    }
    List<Fate> sorted = fates.stream().sorted(java.util.Comparator.comparing(Fate::kind)).toList();
    boolean utf8 = takesUtf8(entry, sender.get());
    String returned = ReturnedHeaders.of(entry, utf8);
    boolean global = utf8 && !isPlain(entry, sender.get(), sorted, returned);
    StringBuilder text = new StringBuilder(4_000);
    EntryId id = EntryId.next(clock.instant(), chance);
    String boundary = "=_" + id;
    header(text, entry, sorted.getFirst().kind(), id);
    text.append(Printable.field("To", "<" + sender.get() + ">"));
    type(text, global, boundary);
    part(text, boundary, global ? "text/plain; charset=utf-8" : "text/plain; charset=us-ascii");
    text.append(new DsnWords(node, postmaster, global).write(entry, sorted));
    part(text, boundary, global ? "message/global-delivery-status" : "message/delivery-status");
    text.append(new DsnFields(node, global).write(entry, sorted));
    part(text, boundary, global ? "message/global-headers" : "text/rfc822-headers");
    text.append(returned).append("\r\n--").append(boundary).append("--\r\n");
    Dsn dsn = sealed(sender.get(), text.toString());
    boolean required = entry.envelope().requireTls(); // RFC 8689 §5
    return Optional.of(new Dsn(dsn.envelope().requiringTls(required), dsn.content()));
  }

  /**
   * RFC 6533 §4: only to a sender whose own transaction said SMTPUTF8, or whose address needs it.
   */
  private static boolean takesUtf8(Entry entry, Address sender) {
    return entry.envelope().smtputf8() || !sender.isAscii();
  }

  private static boolean isPlain(Entry entry, Address sender, List<Fate> fates, String returned) {
    return sender.isAscii()
        && Printable.isAscii(returned)
        && fates.stream()
            .allMatch(
                fate -> {
                  Recipient recipient = entry.envelope().recipients().get(fate.recipient());
                  return recipient.asGiven().isAscii()
                      && Printable.isAscii(recipient.orcpt().orElse(""))
                      && Printable.isAscii(fate.diagnostic());
                });
  }

  private void header(StringBuilder text, Entry entry, Fate.Kind gravest, EntryId id) {
    text.append(Printable.field("Date", DATE.format(clock.instant())));
    text.append(Printable.field("From", "Mail Delivery System <MAILER-DAEMON@" + node + ">"));
    text.append(Printable.field("Subject", DsnWords.subject(gravest)));
    text.append(Printable.field("Message-ID", "<" + id + "@" + node + ">"));
    entry
        .facts()
        .messageId()
        .filter(original -> original.matches("<[!-;=?-~]{1,250}>"))
        .ifPresent(original -> text.append(Printable.field("References", original)));
    text.append("Auto-Submitted: auto-replied\r\n"); // RFC 3834 §5
  }

  private static void type(StringBuilder text, boolean global, String boundary) {
    text.append("MIME-Version: 1.0\r\n")
        .append("Content-Type: multipart/report;\r\n report-type=")
        .append(global ? "global-delivery-status" : "delivery-status") // RFC 6522 §3, RFC 6533 §4
        .append(";\r\n boundary=\"")
        .append(boundary)
        .append("\"\r\n")
        .append(global ? "Content-Transfer-Encoding: 8bit\r\n" : "")
        .append("\r\nThis is a report in MIME format.\r\n");
  }

  private static void part(StringBuilder text, String boundary, String type) {
    text.append("\r\n--").append(boundary).append("\r\nContent-Type: ").append(type).append("\r\n");
    if (type.contains("utf-8") || type.contains("global")) {
      text.append("Content-Transfer-Encoding: 8bit\r\n"); // RFC 6533 §4
    }
    text.append("\r\n");
  }

  private static Dsn sealed(Address sender, String text) {
    Recipient recipient =
        new Recipient(
            sender,
            sender,
            Set.of(Notify.NEVER),
            Optional.empty()); // RFC 3461 §6.2: no DSN on a DSN
    Envelope envelope =
        new Envelope(
            ReversePath.NULL, // RFC 3461 §6.1
            List.of(recipient),
            Printable.isAscii(text) ? Body.SEVENBIT : Body.EIGHTBITMIME,
            !sender.isAscii(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty());
    return new Dsn(envelope, text.getBytes(StandardCharsets.UTF_8));
  }
}

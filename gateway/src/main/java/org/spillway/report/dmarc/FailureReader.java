package org.spillway.report.dmarc;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.spillway.report.parcel.Item;
import org.spillway.report.parcel.MailHeader;

/**
 * Reads failure reports: the fields of message/feedback-report (RFC 5965 §3, RFC 6591 §3), or, for
 * reporters that send none, the lines of the text for people.
 */
final class FailureReader {
  private static final int LONGEST = 1_000;
  private static final int MOST_RECIPIENTS = 50;

  private FailureReader() {}

  /** The report of a mail; empty when it is none. */
  static Optional<Ingested> read(List<Item> items) {
    Optional<Item> fields = first(items, Item.Kind.FEEDBACK);
    Optional<MailHeader> message =
        first(items, Item.Kind.MESSAGE).map(item -> MailHeader.of(mail(item.text())));
    if (fields.isPresent()) {
      return Optional.of(structured(MailHeader.of(mail(fields.get().text())), message));
    }
    return first(items, Item.Kind.TEXT).flatMap(text -> plain(text.text(), message));
  }

  private static Optional<Item> first(List<Item> items, Item.Kind kind) {
    return items.stream().filter(item -> item.kind() == kind).findFirst();
  }

  /** Without blank lines in front, which some put there. */
  private static String mail(String text) {
    return text.stripLeading();
  }

  private static Ingested structured(MailHeader fields, Optional<MailHeader> message) {
    String type = fields.value("feedback-type").toLowerCase(Locale.ROOT);
    if (!type.equals("auth-failure")) { // RFC 6591 §3.1
      return new Ingested.Refused("a feedback report of type " + Ingested.printable(type));
    }
    return new Ingested.Failure(
        new FailureReport(
            word(fields, "auth-failure"),
            word(fields, "reported-domain"),
            cut(fields.value("source-ip")),
            cut(bare(fields.value("original-mail-from"))),
            fields.values("original-rcpt-to").stream()
                .limit(MOST_RECIPIENTS)
                .map(rcpt -> cut(bare(rcpt)))
                .toList(),
            cut(
                fields.value("arrival-date").isEmpty()
                    ? fields.value("received-date")
                    : fields.value("arrival-date")),
            word(fields, "delivery-result"),
            word(fields, "identity-alignment"),
            cut(fields.value("authentication-results")),
            word(fields, "dkim-domain"),
            cut(fields.value("user-agent")),
            incidents(fields.value("incidents")),
            original(message)),
        List.of());
  }

  private static FailureReport.Original original(Optional<MailHeader> message) {
    return message
        .map(
            m ->
                new FailureReport.Original(
                    cut(m.value("from")), cut(m.value("subject")), cut(m.value("message-id"))))
        .orElseGet(() -> new FailureReport.Original("", "", ""));
  }

  private static String word(MailHeader fields, String name) {
    return cut(fields.value(name)).toLowerCase(Locale.ROOT);
  }

  private static String bare(String path) {
    return path.startsWith("<") && path.endsWith(">") ? path.substring(1, path.length() - 1) : path;
  }

  /** RFC 6650 §3.2: a report may stand for several; one when not said. */
  private static long incidents(String text) {
    return text.matches("[1-9][0-9]{0,8}") ? Long.parseLong(text) : 1;
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST));
  }

  /** What Exim and others write: {@code Sender Domain: …} and the headers below a dashed line. */
  private static Optional<Ingested> plain(String text, Optional<MailHeader> message) {
    String domain = line(text, "Sender Domain:");
    String ip = line(text, "Sender IP Address:");
    if (domain.isEmpty() || ip.isEmpty()) {
      return Optional.empty();
    }
    int copy = text.indexOf("\n------");
    String below = copy < 0 ? "" : text.substring(copy + 1);
    int next = below.indexOf('\n');
    Optional<MailHeader> headers =
        message.or(() -> Optional.of(MailHeader.of(mail(next < 0 ? "" : below.substring(next)))));
    String aligned =
        (line(text, "SPF Alignment:").equals("yes") ? "spf " : "")
            + (line(text, "DKIM Alignment:").equals("yes") ? "dkim" : "");
    return Optional.of(
        new Ingested.Failure(
            new FailureReport(
                "dmarc",
                domain.toLowerCase(Locale.ROOT),
                ip,
                "",
                List.of(),
                line(text, "Received date:"),
                "",
                aligned.isBlank() ? "none" : aligned.strip().replace(' ', ','),
                cut(line(text, "DMARC Results:")),
                "",
                "",
                1,
                original(headers)),
            List.of("no message/feedback-report part: read from the text")));
  }

  private static String line(String text, String label) {
    int at = text.indexOf(label);
    if (at < 0) {
      return "";
    }
    int end = text.indexOf('\n', at);
    return cut(text.substring(at + label.length(), end < 0 ? text.length() : end).strip());
  }
}

package org.spillway.report;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spillway.mail.Recipient;
import org.spillway.spool.Entry;

/** The part for machines (RFC 3464 §2; RFC 6533 §4 when it is global). */
final class DsnFields {
  /** Characters kept of a text from outside, so that no line grows beyond 998 octets. */
  static final int MOST = 300;

  private final String node;
  private final boolean global;

  DsnFields(String node, boolean global) {
    this.node = node;
    this.global = global;
  }

  String write(Entry entry, List<Fate> fates) {
    StringBuilder text = new StringBuilder(1_000);
    entry
        .envelope()
        .envid()
        .map(envid -> Printable.line(envid, MOST, global))
        .ifPresent(envid -> text.append(Printable.field("Original-Envelope-Id", envid)));
    text.append(Printable.field("Reporting-MTA", "dns; " + node)); // RFC 3464 §2.2.2
    text.append(Printable.field("Arrival-Date", DsnWriter.DATE.format(entry.arrival().at())));
    for (Fate fate : fates) {
      text.append("\r\n");
      recipient(text, entry.envelope().recipients().get(fate.recipient()), fate);
    }
    return text.toString();
  }

  private void recipient(StringBuilder text, Recipient recipient, Fate fate) {
    recipient // RFC 3464 §2.3.1: only what the sender itself said
        .orcpt()
        .map(this::original)
        .ifPresent(orcpt -> text.append(Printable.field("Original-Recipient", orcpt)));
    text.append(Printable.field("Final-Recipient", address(recipient)));
    text.append(Printable.field("Action", fate.kind().action()));
    text.append(Printable.field("Status", fate.status().toString()));
    fate.hop()
        .map(SmtpWords::host)
        .map(host -> Printable.line(host, 255, false))
        .ifPresent(host -> text.append(Printable.field("Remote-MTA", "dns; " + host)));
    String said = diagnostic(recipient, fate, global);
    if (!said.isEmpty()) {
      String type = SmtpWords.reply(fate.diagnostic()).isPresent() ? "smtp; " : "X-Spillway; ";
      text.append(Printable.field("Diagnostic-Code", type + said));
    }
    text.append(Printable.field("Last-Attempt-Date", DsnWriter.DATE.format(fate.lastAttempt())));
    fate.retryUntil() // RFC 3464 §2.3.9: only for delayed
        .filter(_ -> fate.kind() == Fate.Kind.DELAYED)
        .ifPresent(
            until ->
                text.append(Printable.field("Will-Retry-Until", DsnWriter.DATE.format(until))));
  }

  /** The address as the sender gave it: an alias does not betray where it leads (RFC 3464 §4.2). */
  private String address(Recipient recipient) {
    String given = recipient.asGiven().toString();
    if (recipient.asGiven().isAscii()) {
      return "rfc822; " + given;
    }
    return "utf-8; " + (global ? given : xtext(given)); // RFC 6533 §3
  }

  /** {@code type;address}, in the form that the part can carry. */
  private String original(String orcpt) {
    int semicolon = orcpt.indexOf(';');
    String type = semicolon > 0 ? orcpt.substring(0, semicolon).toLowerCase(Locale.ROOT) : "rfc822";
    String address = orcpt.substring(semicolon + 1);
    String shown = type.equals("utf-8") && !global ? xtext(address) : address;
    return Printable.line(type, 40, false) + "; " + Printable.line(shown, MOST, global);
  }

  /** RFC 6533 §3: utf-8-addr-xtext, {@code \x{1F4E7}} for what is not printable ASCII. */
  private static String xtext(String address) {
    StringBuilder text = new StringBuilder();
    address
        .codePoints()
        .limit(MOST + 20)
        .forEach(
            c -> {
              if (c > ' ' && c < 0x7f && c != '\\' && c != '+' && c != '=') {
                text.append((char) c);
              } else {
                text.append("\\x{")
                    .append(Integer.toHexString(c).toUpperCase(Locale.ROOT))
                    .append('}');
              }
            });
    return text.toString();
  }

  /** The words of the peer or of ours in one line, with the target of an alias hidden. */
  static String diagnostic(Recipient recipient, Fate fate, boolean utf8) {
    String said = SmtpWords.reply(fate.diagnostic()).orElse(fate.diagnostic());
    if (!recipient.address().equals(recipient.asGiven())) {
      String target = Pattern.quote(recipient.address().toString());
      said =
          Pattern.compile(target, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
              .matcher(said)
              .replaceAll(Matcher.quoteReplacement(recipient.asGiven().toString()));
    }
    return Printable.line(said, MOST, utf8);
  }
}

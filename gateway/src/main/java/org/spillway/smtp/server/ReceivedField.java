package org.spillway.smtp.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.spillway.mail.Arrival;
import org.spillway.mail.Domain;
import org.spillway.mail.EntryId;
import org.spillway.mail.Envelope;

/** The trace field that we put on top of every message (RFC 5321 §4.4). */
final class ReceivedField {
  private ReceivedField() {}

  /** The field with its CRLF. */
  static String of(Domain by, Arrival arrival, EntryId id, Envelope envelope) {
    StringBuilder field = new StringBuilder(256);
    field.append("Received: from ").append(from(arrival)).append("\r\n\tby ").append(by.name());
    field.append(" with ").append(arrival.protocol(envelope.smtputf8())); // RFC 3848
    arrival
        .tls()
        .ifPresent(
            tls -> field.append(" (").append(tls.protocol() + " " + tls.cipher()).append(')'));
    field.append("\r\n\tid ").append(id);
    if (envelope.recipients().size() == 1) { // RFC 5321 §7.2: more would tell on the others
      field.append("\r\n\tfor <").append(envelope.recipients().getFirst().asGiven()).append('>');
    }
    return field.append("; ").append(MailDate.of(arrival.at())).append("\r\n").toString();
  }

  private static String from(Arrival arrival) {
    String literal = literal(arrival.client());
    return Domain.parse(arrival.helo()).isPresent()
        ? arrival.helo() + " (" + literal + ")"
        : literal + " (helo=" + arrival.helo() + ")";
  }

  /** An address literal (RFC 5321 §4.1.3). */
  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    return address instanceof Inet6Address ? "[IPv6:" + withoutZone(text) + "]" : "[" + text + "]";
  }

  private static String withoutZone(String text) {
    int percent = text.indexOf('%');
    return percent < 0 ? text : text.substring(0, percent);
  }
}

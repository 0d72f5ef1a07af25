package org.spillway.report.parcel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.spillway.mail.Address;

/**
 * A report as a mail, ready to be sent. It must be signed and sent so that DMARC passes for the
 * domain of its From (RFC 9990 §3.5.2).
 *
 * @param from the From address, and the reverse-path
 * @param to the recipient
 * @param content the message with CRLF line ends, ASCII
 */
public record ReportMail(Address from, Address to, byte[] content) {
  /** RFC 5322 §3.3; we speak UTC. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss '+0000'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /**
   * What a mail is made of.
   *
   * @param type of the whole, for example {@code multipart/mixed}, with parameters but no boundary
   * @param fields further header fields, each without a line end
   * @param id the left side of the Message-ID and the boundary: letters, digits, dots and hyphens
   * @param text the part for people, with CRLF line ends
   */
  public record Plan(
      String type, String subject, List<String> fields, String id, Instant date, String text) {
    public Plan {
      fields = List.copyOf(fields);
    }
  }

  /** The report itself. */
  public record Attachment(String type, String name, byte[] bytes) {
    /** How long it is in the mail, base64 and line ends counted. */
    public long encodedBytes() {
      return TransferCoding.base64Length(bytes.length);
    }
  }

  /** Puts a mail together. */
  public static ReportMail write(Address from, Address to, Plan plan, Attachment attachment) {
    String boundary = "=_" + plan.id();
    StringBuilder mail = new StringBuilder(2_000 + (int) attachment.encodedBytes());
    field(mail, "Date: " + DATE.format(plan.date()));
    field(mail, "From: <" + from + ">");
    field(mail, "To: <" + to + ">");
    field(mail, "Subject: " + plan.subject());
    field(mail, "Message-ID: <" + plan.id() + "@" + from.domain() + ">");
    plan.fields().forEach(text -> field(mail, text));
    field(mail, "Auto-Submitted: auto-generated"); // RFC 3834 §5
    field(mail, "MIME-Version: 1.0");
    field(mail, "Content-Type: " + plan.type() + "; boundary=\"" + boundary + "\"");
    mail.append("\r\nThis is a report in MIME format.\r\n\r\n--").append(boundary).append("\r\n");
    mail.append("Content-Type: text/plain; charset=us-ascii\r\n\r\n").append(plan.text());
    mail.append("\r\n--").append(boundary).append("\r\n");
    field(mail, "Content-Type: " + attachment.type());
    mail.append("Content-Transfer-Encoding: base64\r\n");
    field(mail, "Content-Disposition: attachment; filename=\"" + attachment.name() + "\"");
    mail.append("\r\n").append(TransferCoding.toBase64(attachment.bytes()));
    mail.append("\r\n--").append(boundary).append("--\r\n");
    return new ReportMail(from, to, mail.toString().getBytes(StandardCharsets.US_ASCII));
  }

  /** Folds at spaces, so that lines keep below 78 characters where they can (RFC 5322 §2.1.1). */
  private static void field(StringBuilder mail, String text) {
    String[] words = text.split(" ");
    mail.append(words[0]);
    int column = words[0].length();
    for (int i = 1; i < words.length; i++) {
      boolean fold = column + 1 + words[i].length() > 76;
      mail.append(fold ? "\r\n " : " ").append(words[i]);
      column = (fold ? 0 : column) + 1 + words[i].length();
    }
    mail.append("\r\n");
  }

  /** Packs bytes with gzip (RFC 1952); the same bytes give the same result. */
  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // memory does not fail so
    }
    return packed.toByteArray();
  }
}

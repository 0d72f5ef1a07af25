package org.spillway.report.parcel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds the leaves of a mail that carries a report: tolerant of line ends, missing closing
 * boundaries and wrong encodings, since what is inside is checked by itself. Not a general MIME
 * parser: names in encoded words are left as they are.
 */
final class MailReader {
  private static final int DEEPEST = 8;

  private final String text;
  private final int most;
  private final MailHeader header;
  private final List<Item> items = new ArrayList<>();

  /**
   * A reader of one mail.
   *
   * @param most parts kept
   */
  MailReader(byte[] mail, int most) {
    String all = new String(mail, StandardCharsets.ISO_8859_1);
    text = all.startsWith("From ") ? all.substring(all.indexOf('\n') + 1) : all; // mbox
    this.most = most;
    header = MailHeader.of(text);
  }

  /** True when it begins with header fields. */
  boolean isMail() {
    return header.size() > 0;
  }

  String subject() {
    return header.value("subject");
  }

  /** The leaves, decoded, in order. */
  List<Item> items() {
    if (items.isEmpty()) {
      entity(header, text.substring(header.length()), 0);
    }
    return items;
  }

  private void entity(MailHeader of, String body, int depth) {
    String type = of.type();
    String boundary = of.parameter("content-type", "boundary");
    if (type.startsWith("multipart/") && !boundary.isEmpty() && depth < DEEPEST) {
      for (String part : parts(body, boundary)) {
        MailHeader inner = MailHeader.of(part);
        entity(inner, part.substring(inner.length()), depth + 1);
      }
    } else if (items.size() < most) {
      String name = of.parameter("content-disposition", "filename");
      items.add(
          Item.of(
              type,
              name.isEmpty() ? of.parameter("content-type", "name") : name,
              decoded(of.value("content-transfer-encoding"), body)));
    }
  }

  /** RFC 2046 §5.1.1; a missing closing boundary ends the last part at the end of the text. */
  private List<String> parts(String body, String boundary) {
    List<String> parts = new ArrayList<>();
    String dashes = "--" + boundary;
    int start = -1;
    int at = 0;
    while (at >= 0 && at < body.length() && parts.size() < most) {
      if (body.startsWith(dashes, at)) {
        if (start >= 0) {
          parts.add(body.substring(start, endBefore(body, start, at)));
        }
        int next = body.indexOf('\n', at);
        boolean closing = body.startsWith("--", at + dashes.length());
        start = closing || next < 0 ? -1 : next + 1;
        if (closing) {
          return parts;
        }
      }
      int line = body.indexOf('\n', at);
      at = line < 0 ? -1 : line + 1;
    }
    if (start >= 0 && start < body.length() && parts.size() < most) {
      parts.add(body.substring(start));
    }
    return parts;
  }

  /** The line end before a boundary belongs to the boundary. */
  private static int endBefore(String body, int start, int at) {
    int end = at;
    if (end > start && body.charAt(end - 1) == '\n') {
      end--;
    }
    if (end > start && body.charAt(end - 1) == '\r') {
      end--;
    }
    return end;
  }

  private static byte[] decoded(String encoding, String body) {
    return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "base64" -> TransferCoding.base64(body);
      case "quoted-printable" -> TransferCoding.quotedPrintable(body);
      default -> body.getBytes(StandardCharsets.ISO_8859_1);
    };
  }
}

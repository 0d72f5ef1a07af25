package org.spillway.smtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.spillway.mail.Reply;

/** Writes replies as bytes (RFC 5321 §4.2, RFC 2034 §4). */
public final class ReplyEncoder {
  private static final int MAX_TEXT = 490; // RFC 5321 §4.5.3.1.5: 512 with code, status and CRLF

  private ReplyEncoder() {}

  /** The reply's lines, each ended by CRLF; control and 8-bit characters become a question mark. */
  public static byte[] encode(Reply reply) {
    List<String> lines = wrapped(reply.lines());
    String status = reply.status().map(s -> s + " ").orElse("");
    StringBuilder text = new StringBuilder(lines.size() * 64);
    for (int i = 0; i < lines.size(); i++) {
      boolean last = i == lines.size() - 1;
      text.append(reply.code()).append(last ? ' ' : '-').append(status); // status on every line
      appendClean(text, lines.get(i));
      text.append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void appendClean(StringBuilder text, String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      text.append(c >= ' ' && c < 0x7f ? c : '?');
    }
  }

  private static List<String> wrapped(List<String> lines) {
    if (lines.stream().allMatch(l -> l.length() <= MAX_TEXT)) {
      return lines;
    }
    List<String> shorter = new ArrayList<>();
    for (String line : lines) {
      for (int from = 0; from == 0 || from < line.length(); from += MAX_TEXT) {
        shorter.add(line.substring(from, Math.min(line.length(), from + MAX_TEXT)));
      }
    }
    return shorter;
  }
}

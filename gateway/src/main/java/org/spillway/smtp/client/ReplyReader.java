package org.spillway.smtp.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spillway.mail.Reply;
import org.spillway.mail.Status;

/**
 * Puts replies together from bytes as they come (RFC 5321 §4.2). Bounded: 128 lines, 2,048 bytes
 * kept of each; never throws. Control characters in the text become {@code ?}, so that a peer
 * cannot write into our logs.
 */
public final class ReplyReader {
  private static final int MAX_LINE = 2048; // RFC 5321 §4.5.3.1.5 asks for 512
  private static final int MAX_LINES = 128;
  private static final int MAX_REPLY = 64 << 10;

  private final byte[] line = new byte[MAX_LINE];
  private final List<String> lines = new ArrayList<>();
  private int length;
  private int taken;

  /** What the bytes came to so far. */
  public sealed interface Result {
    /** One whole reply; the bytes after it were not touched. */
    record Whole(Reply reply) implements Result {}

    /** All bytes were taken and more are needed. */
    record More() implements Result {}

    /** This is no SMTP reply; the connection is of no use any more. */
    record Nonsense(String why) implements Result {}
  }

  /** Takes bytes up to the end of one reply. */
  public Result take(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      byte b = bytes.get();
      if (++taken > MAX_REPLY) {
        return nonsense("a reply of more than " + MAX_REPLY + " bytes");
      }
      if (b == '\n') {
        Optional<Result> result = endLine();
        if (result.isPresent()) {
          return result.get();
        }
      } else if (length < MAX_LINE) {
        line[length++] = b;
      }
    }
    return new Result.More();
  }

  private Optional<Result> endLine() {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    length = 0;
    if (!isReplyLine(end)) {
      return Optional.of(nonsense("no SMTP reply: " + text(0, Math.min(end, 80))));
    }
    lines.add(end > 4 ? text(4, end) : "");
    if (end > 3 && line[3] == '-') { // RFC 5321 §4.2.1: another line follows
      return lines.size() < MAX_LINES
          ? Optional.empty()
          : Optional.of(nonsense("a reply of more than " + MAX_LINES + " lines"));
    }
    int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
    Reply reply = reply(code, lines);
    clear();
    return Optional.of(new Result.Whole(reply));
  }

  private boolean isReplyLine(int end) {
    return end >= 3
        && line[0] >= '2'
        && line[0] <= '5'
        && isDigit(line[1])
        && isDigit(line[2])
        && (end == 3 || line[3] == ' ' || line[3] == '-');
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private String text(int from, int to) {
    String text = new String(line, from, to - from, StandardCharsets.UTF_8);
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return text.replaceAll("\\p{Cntrl}|[\\x80-\\x9f]", "?");
      }
    }
    return text;
  }

  /** RFC 2034 §4: each line begins with the same status, whose class is the code's first digit. */
  private static Reply reply(int code, List<String> lines) {
    Optional<Status> status =
        Status.leading(lines.getLast()).filter(found -> found.kind() == code / 100);
    if (status.isEmpty()) {
      return new Reply(code, status, lines);
    }
    String prefix = status.get().toString();
    List<String> plain = new ArrayList<>(lines.size());
    for (String each : lines) {
      plain.add(each.startsWith(prefix) ? each.substring(prefix.length()).strip() : each);
    }
    return new Reply(code, status, plain);
  }

  private Result nonsense(String why) {
    clear();
    return new Result.Nonsense(why);
  }

  private void clear() {
    lines.clear();
    length = 0;
    taken = 0;
  }
}

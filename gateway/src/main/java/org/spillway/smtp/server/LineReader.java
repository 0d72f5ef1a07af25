package org.spillway.smtp.server;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Cuts command lines out of the stream; only CRLF ends one (RFC 5321 §2.3.8). */
final class LineReader {
  /** A line, or why it is none. */
  sealed interface Line {
    /** Its text without CRLF. */
    record Text(String text) implements Line {}

    /** It cannot be read. */
    record Unusable(String why) implements Line {}
  }

  private static final Line LONG = new Line.Unusable("line too long");
  private static final Line BARE = new Line.Unusable("lines must end in CRLF");
  private static final Line NOT_UTF8 = new Line.Unusable("not UTF-8");

  private final int longest;
  private byte[] held = new byte[128];
  private int length;
  private boolean tooLong;

  /**
   * A reader.
   *
   * @param longest bytes of a line with its CRLF
   */
  LineReader(int longest) {
    this.longest = longest;
  }

  /** The next line; empty when the buffer, which is consumed, does not hold its end. */
  Optional<Line> read(ByteBuffer in) {
    int start = in.position();
    while (in.hasRemaining()) {
      if (in.get() == '\n') {
        hold(in, start);
        return Optional.of(take());
      }
    }
    hold(in, start);
    return Optional.empty();
  }

  private void hold(ByteBuffer in, int start) {
    int count = in.position() - start;
    if (tooLong || length + count > longest) {
      tooLong = true;
      length = 0;
      return;
    }
    if (length + count > held.length) {
      held = Arrays.copyOf(held, Math.max(length + count, held.length * 2));
    }
    in.get(start, held, length, count);
    length += count;
  }

  private Line take() {
    int end = length;
    boolean longLine = tooLong;
    tooLong = false;
    length = 0;
    if (longLine) {
      return LONG;
    }
    if (end < 2 || held[end - 2] != '\r') {
      return BARE;
    }
    return text(end - 2);
  }

  private Line text(int end) {
    for (int i = 0; i < end; i++) {
      if (held[i] < 0) {
        return utf8(end);
      }
    }
    return new Line.Text(new String(held, 0, end, StandardCharsets.ISO_8859_1));
  }

  private Line utf8(int end) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(held, 0, end);
      return new Line.Text(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException malformed) {
      return NOT_UTF8;
    }
  }

  /** Forgets the half line in hand (RFC 3207 §4: nothing said in the clear counts after TLS). */
  void forget() {
    length = 0;
    tooLong = false;
  }
}

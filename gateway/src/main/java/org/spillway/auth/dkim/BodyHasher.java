package org.spillway.auth.dkim;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * Hashes one body while it streams by, in pieces of any size and in a few KiB of heap (RFC 6376
 * §3.4.3, §3.4.4, §3.7). Not for several threads at once.
 */
public final class BodyHasher {
  private static final int SLICE = 4096;
  private static final byte[] LINES =
      "\r\n".repeat(256).getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private final Canonical canonical;
  private final long limit;
  private final MessageDigest digest = sha256();
  private final byte[] out;
  private int length;
  private long total;
  private long lines; // line ends that are only signed when something follows
  private boolean cr; // a CR whose LF may still come
  private boolean space;
  private boolean any;
  private Optional<BodyHash> result = Optional.empty();

  BodyHasher(Canonical canonical, long limit) {
    this.canonical = canonical;
    this.limit = limit;
    this.out = canonical == Canonical.RELAXED ? new byte[3 * SLICE] : new byte[0];
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  boolean does(Canonical wanted, long wantedLimit) {
    return canonical == wanted && limit == wantedLimit;
  }

  /** Takes the next bytes of the body. */
  void feed(byte[] bytes, int from, int count) {
    switch (canonical) {
      case SIMPLE -> simple(bytes, from, from + count);
      case RELAXED -> {
        for (int at = from; at < from + count; at += SLICE) {
          relaxed(bytes, at, Math.min(from + count, at + SLICE));
        }
      }
    }
  }

  /** RFC 6376 §3.4.3: as it is; line ends are kept back until something follows. */
  private void simple(byte[] bytes, int from, int to) {
    int tail = to;
    while (tail > from && (bytes[tail - 1] == '\r' || bytes[tail - 1] == '\n')) {
      tail--;
    }
    if (tail > from) {
      simpleRest();
      hash(bytes, from, tail - from);
    }
    for (int at = tail; at < to; at++) {
      if (bytes[at] == '\n' && cr) {
        cr = false;
        lines++;
      } else if (bytes[at] == '\n' || cr) { // no line end
        simpleRest();
        cr = bytes[at] == '\r';
        hash(bytes, at, cr ? 0 : 1);
      } else {
        cr = true;
      }
    }
  }

  /** What was kept back is data after all. */
  private void simpleRest() {
    while (lines > 0) {
      int some = (int) Math.min(lines, LINES.length / 2);
      hash(LINES, 0, some * 2);
      lines -= some;
    }
    if (cr) {
      hash(LINES, 0, 1);
      cr = false;
    }
  }

  /** RFC 6376 §3.4.4: white space reduced to a space, at the end of a line to none. */
  private void relaxed(byte[] bytes, int from, int to) {
    if (length + SLICE + 4 > out.length) {
      drain();
    }
    int at = from;
    while (at < to) {
      byte b = bytes[at];
      if (b == '\n' && cr) {
        cr = false;
        space = false;
        lines++;
        at++;
      } else if (cr) {
        begin();
        out[length++] = '\r';
        cr = false;
      } else if (b == '\r') {
        cr = true;
        at++;
      } else if (b == ' ' || b == '\t') {
        space = true;
        at++;
      } else {
        begin();
        at = plain(bytes, at, to);
      }
    }
  }

  /** Copies up to the next white space; the first byte in any case. */
  private int plain(byte[] bytes, int from, int to) {
    int o = length;
    int at = from;
    byte b = bytes[at];
    do {
      out[o++] = b;
      at++;
    } while (at < to && ((b = bytes[at]) > ' ' || b < 0));
    length = o;
    return at;
  }

  /** Before data: the line ends and the space that stood before it. */
  private void begin() {
    any = true;
    if (lines > 0) {
      lineEnds();
    }
    if (space) {
      out[length++] = ' ';
      space = false;
    }
  }

  private void lineEnds() {
    while (lines > 0) {
      if (length + SLICE + 4 > out.length) {
        drain();
      }
      out[length++] = '\r';
      out[length++] = '\n';
      lines--;
    }
    if (length + SLICE + 4 > out.length) {
      drain();
    }
  }

  private void drain() {
    hash(out, 0, length);
    length = 0;
  }

  private void hash(byte[] bytes, int from, int count) {
    long room = limit - total;
    if (room > 0) {
      digest.update(bytes, from, (int) Math.min(room, count));
    }
    total += count;
  }

  /** Ends the body; asked again it gives the same. */
  public BodyHash finish() {
    if (result.isEmpty()) {
      end();
      String base64 = Base64.getEncoder().encodeToString(digest.digest());
      result = Optional.of(new BodyHash(canonical, limit, base64, total));
    }
    return result.get();
  }

  private void end() {
    switch (canonical) {
      case SIMPLE -> { // RFC 6376 §3.4.3: one CRLF at the end, also of an empty body
        if (cr) {
          simpleRest();
        }
        hash(LINES, 0, 2);
      }
      case RELAXED -> { // RFC 6376 §3.4.4: one CRLF at the end, none when there is nothing
        if (cr) {
          begin();
          out[length++] = '\r';
        }
        drain();
        hash(LINES, 0, any ? 2 : 0);
      }
    }
  }
}

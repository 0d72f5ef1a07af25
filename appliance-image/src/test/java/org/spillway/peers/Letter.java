package org.spillway.peers;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A message to send.
 *
 * @param id its X-Test-Id
 * @param sizeBytes of its body, about
 */
record Letter(String id, String from, String to, int sizeBytes) {

  private static final String LINE =
      "The quick brown fox jumps over the lazy dog, and again it does.\r\n";
  private static final String FILLER = LINE.repeat(1024);

  /** Letters without end, all alike but for their ids; {@code *} in the sender becomes the id. */
  static Supplier<Letter> endless(String prefix, String from, String to, int sizeBytes) {
    AtomicLong next = new AtomicLong();
    return () -> {
      String id = prefix + "-" + next.getAndIncrement();
      return new Letter(id, from.replace("*", id), to, sizeBytes);
    };
  }

  /** Letters of these kinds in turn. */
  @SafeVarargs
  static Supplier<Letter> inTurn(Supplier<Letter>... kinds) {
    AtomicLong next = new AtomicLong();
    return () -> kinds[(int) (next.getAndIncrement() % kinds.length)].get();
  }

  /** Its header section and the empty line. */
  byte[] header() {
    String text =
        """
        From: <%s>\r
        To: <%s>\r
        Subject: test %s\r
        Message-ID: <%s@peers.test>\r
        X-Test-Id: %s\r
        \r
        """;
    return text.formatted(from, to, id, id, id).getBytes(StandardCharsets.US_ASCII);
  }

  /** A block of its body, some 64 KiB at the most, when this much is still to come. */
  static byte[] block(long leftBytes) {
    int whole = (int) Math.min(FILLER.length(), leftBytes);
    int lines = Math.max(1, whole / LINE.length());
    return FILLER.substring(0, lines * LINE.length()).getBytes(StandardCharsets.US_ASCII);
  }
}

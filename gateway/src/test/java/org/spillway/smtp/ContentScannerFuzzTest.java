package org.spillway.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Content is the same however it was cut, and holds no bare CR or LF. */
class ContentScannerFuzzTest {
  private record Seen(byte[] content, boolean ended, int consumed, ContentScanner scanner) {}

  @FuzzTest
  void sameHoweverCut(FuzzedDataProvider data) {
    ContentRules rules = new ContentRules(data.consumeBoolean(), data.consumeBoolean(), 60);
    boolean dots = data.consumeBoolean();
    int piece = data.consumeInt(1, 9);
    byte[] bytes = data.consumeRemainingAsBytes();
    Seen whole = scan(rules, dots, bytes, Integer.MAX_VALUE);
    Seen cut = scan(rules, dots, bytes, piece);
    assertThat(cut.ended).isEqualTo(whole.ended);
    assertThat(cut.consumed).isEqualTo(whole.consumed);
    assertThat(cut.scanner.problem()).isEqualTo(whole.scanner.problem());
    assertClean(whole.content);
    assertClean(cut.content);
    if (whole.scanner.problem().isEmpty()) {
      assertThat(cut.content).isEqualTo(whole.content);
      assertThat(whole.content.length == 0 || whole.content[whole.content.length - 1] == '\n')
          .isTrue();
    }
  }

  private static Seen scan(ContentRules rules, boolean dots, byte[] bytes, int piece) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ContentScanner scanner =
        dots ? ContentScanner.data(rules, out::write) : ContentScanner.chunks(rules, out::write);
    int at = 0;
    boolean ended = false;
    while (at < bytes.length && !ended) {
      ByteBuffer in = ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at));
      ended = scanner.scan(in);
      at = in.position();
    }
    scanner.finish();
    return new Seen(out.toByteArray(), ended, at, scanner);
  }

  private static void assertClean(byte[] content) {
    for (int i = 0; i < content.length; i++) {
      boolean cr = content[i] == '\r';
      boolean lf = content[i] == '\n';
      boolean paired =
          cr && i + 1 < content.length && content[i + 1] == '\n'
              || lf && i > 0 && content[i - 1] == '\r';
      boolean cutOff = cr && i + 1 == content.length; // only after a problem
      assertThat(!cr && !lf || paired || cutOff).as(Arrays.toString(content)).isTrue();
      assertThat(content[i]).isNotZero();
    }
  }
}

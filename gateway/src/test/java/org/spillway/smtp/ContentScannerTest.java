package org.spillway.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.smtp.ContentScanner.Problem;

/** What ends content, and what only looks like it. */
class ContentScannerTest {
  private static final ContentRules STRICT = new ContentRules(false, false, 1000);
  private static final ContentRules MENDING = new ContentRules(true, true, 1000);

  /** What came of scanning a text that was fed in pieces of so many bytes. */
  private record Seen(boolean ended, String content, String rest, Optional<Problem> problem) {}

  private static Seen data(ContentRules rules, String text, int piece) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ContentScanner scanner = ContentScanner.data(rules, out::write);
    int at = 0;
    boolean ended = false;
    while (at < bytes.length && !ended) {
      ByteBuffer in = ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at));
      ended = scanner.scan(in);
      at = in.position();
    }
    String content = out.toString(StandardCharsets.ISO_8859_1);
    return new Seen(ended, content, text.substring(at), scanner.problem());
  }

  private static String bytes(String escaped) {
    return escaped
        .replace("\\r", "\r")
        .replace("\\n", "\n")
        .replace("\\0", "\0")
        .replace("\\v", "\013");
  }

  /** Every ending of SMTP smuggling: none ends the data, strict or mending. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\n.\\n",
        "\\n.\\r\\n",
        "\\r.\\r",
        "\\r.\\n",
        "\\r.\\r\\n",
        "\\r\\n.\\n",
        "\\r\\n.\\r",
        "\\r\\n\\0.\\r\\n",
        "\\r\\n.\\0\\r\\n",
        "\\r\\n.\\r\\r\\n",
        "\\r\\r\\n.\\r\\r\\n",
        "\\n\\n.\\r\\n",
        "\\n\\r.\\r\\n",
        "\\r\\n. \\r\\n",
        "\\r\\n..\\r\\n",
        "\\v.\\r\\n",
        "\\r\\n \\r\\n .\\r\\n",
        "\\n.\\n\\r\\n",
        "\\r\\n.\\n\\r",
        ".\\r\\n"
      })
  void lookAlikesDoNotEndTheData(String ending) {
    String text = "a" + bytes(ending) + "MAIL FROM:<evil@x.example>\r\n";
    for (int piece : new int[] {1, 2, 3, 1000}) {
      assertThat(data(STRICT, text, piece).ended()).as(ending + " by " + piece).isFalse();
      Seen mended = data(MENDING, text, piece);
      assertThat(mended.ended()).as(ending + " by " + piece).isFalse();
      assertThat(mended.content())
          .contains("MAIL FROM")
          .isEqualTo(data(MENDING, text, 7).content());
      assertThat(mended.content().replace("\r\n", "")).doesNotContain("\r", "\n", "\0");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'.\\r\\nR', '', R",
    "'\\r\\n.\\r\\nR', '\\r\\n', R",
    "'a\\r\\n.\\r\\nR', 'a\\r\\n', R",
    "'..\\r\\n.\\r\\n', '.\\r\\n', ''",
    "'.a\\r\\n...\\r\\n.\\r\\n', 'a\\r\\n..\\r\\n', ''",
    "'a\\r\\n\\r\\n.b.\\r\\n.\\r\\n.', 'a\\r\\n\\r\\nb.\\r\\n', .",
  })
  void theEndAndTheDots(String text, String content, String rest) {
    for (int piece : new int[] {1, 2, 3, 1000}) {
      assertThat(data(STRICT, bytes(text), piece))
          .isEqualTo(new Seen(true, bytes(content), rest, Optional.empty()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'a\\nb\\r\\n.\\r\\n', BARE_LINE_END, 'a\\r\\nb\\r\\n'",
    "'a\\rb\\r\\n.\\r\\n', BARE_LINE_END, 'a\\r\\nb\\r\\n'",
    "'a\\r\\r\\n.\\r\\n', BARE_LINE_END, 'a\\r\\n\\r\\n'",
    "'a\\n\\r\\n.\\r\\n', BARE_LINE_END, 'a\\r\\n\\r\\n'",
    "'\\n.\\n.\\r\\n\\r\\n.\\r\\n', BARE_LINE_END, '\\r\\n.\\r\\n.\\r\\n\\r\\n'",
    "'.\\rb\\r\\n.\\r\\n', BARE_LINE_END, '\\r\\nb\\r\\n'",
    "'a\\0b\\r\\n.\\r\\n', NUL, 'ab\\r\\n'",
    "'\\0.\\r\\n\\r\\n.\\r\\n', NUL, '.\\r\\n\\r\\n'",
  })
  void whatIsRefusedOrMended(String text, Problem problem, String mended) {
    for (int piece : new int[] {1, 2, 3, 1000}) {
      Seen strict = data(STRICT, bytes(text), piece);
      assertThat(strict.problem()).contains(problem);
      assertThat(strict.ended()).isTrue();
      assertThat(data(MENDING, bytes(text), piece))
          .isEqualTo(new Seen(true, bytes(mended), "", Optional.empty()));
    }
  }

  @Test
  void lineLengthsAreCountedWithCrlfAndWithoutStuffing() {
    String fits = "x".repeat(998) + "\r\n." + ".".repeat(998) + "\r\n.\r\n";
    String long1 = "x".repeat(999) + "\r\n.\r\n";
    for (int piece : new int[] {1, 500, 10_000}) {
      assertThat(data(STRICT, fits, piece).problem()).isEmpty();
      assertThat(data(STRICT, long1, piece).problem()).contains(Problem.LONG_LINE);
    }
  }
}

package org.spillway.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spillway.mail.Reply;

final class ReplyReaderTest {
  private static List<ReplyReader.Result> read(String text, int pieceSize) {
    ReplyReader reader = new ReplyReader();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<ReplyReader.Result> results = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += pieceSize) {
      ByteBuffer piece = ByteBuffer.wrap(bytes, at, Math.min(pieceSize, bytes.length - at));
      while (piece.hasRemaining()) {
        ReplyReader.Result result = reader.take(piece);
        if (!(result instanceof ReplyReader.Result.More)) {
          results.add(result);
        }
      }
    }
    return results;
  }

  private static Reply one(String text) {
    return ((ReplyReader.Result.Whole) read(text, text.length()).getFirst()).reply();
  }

  @Test
  void readsOneLine() {
    assertThat(one("250 2.1.0 ok\r\n")).isEqualTo(Reply.of(250, "2.1.0", "ok"));
    assertThat(one("354\r\n")).isEqualTo(Reply.plain(354, ""));
    assertThat(one("250 \n")).isEqualTo(Reply.plain(250, ""));
  }

  @Test
  void readsSeveralLinesAndTakesTheStatusOff() {
    Reply reply = one("550-5.7.1 first\r\n550-5.7.1 second\r\n550 5.7.1 third\r\n");
    assertThat(reply.status()).hasToString("Optional[5.7.1]");
    assertThat(reply.text()).isEqualTo("first second third");
  }

  @Test
  void takesNoStatusOfAnotherClass() {
    assertThat(one("250 5.1.1 is the version\r\n").status()).isEmpty();
  }

  @Test
  void readsPipelinedRepliesHoweverTheyAreCut() {
    String text = "250 2.1.0 a\r\n250-x\r\n250 y\r\n354 go\r\n";
    for (int size = 1; size <= text.length(); size++) {
      assertThat(read(text, size))
          .extracting(r -> ((ReplyReader.Result.Whole) r).reply().code())
          .containsExactly(250, 250, 354);
    }
  }

  @Test
  void refusesWhatIsNoReply() {
    assertThat(read("HTTP/1.1 400\r\n", 64).getFirst())
        .isInstanceOf(ReplyReader.Result.Nonsense.class);
    assertThat(read("150 x\r\n", 64).getFirst()).isInstanceOf(ReplyReader.Result.Nonsense.class);
    assertThat(read("250x\r\n", 64).getFirst()).isInstanceOf(ReplyReader.Result.Nonsense.class);
  }

  @Test
  void isBounded() {
    assertThat(read("250-x\r\n".repeat(200), 4096).getFirst())
        .isInstanceOf(ReplyReader.Result.Nonsense.class);
    assertThat(read("2".repeat(70_000), 4096).getFirst())
        .isInstanceOf(ReplyReader.Result.Nonsense.class);
    assertThat(one("250 " + "x".repeat(10_000) + "\r\n").text()).hasSize(2044);
  }

  @Test
  void keepsControlCharactersOutOfLogs() {
    assertThat(one("550 a\u001b[31m\rb\u0085\r\n").text()).isEqualTo("a?[31m?b?");
  }
}

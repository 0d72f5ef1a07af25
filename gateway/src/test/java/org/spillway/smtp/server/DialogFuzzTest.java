package org.spillway.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.spillway.mail.TlsInfo;

/** A client may say anything, in any pieces: the same replies, clean content, nothing left open. */
class DialogFuzzTest {
  private static final String START =
      "EHLO a\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<x@example.com>\r\nDATA\r\n";
  private static final Map<String, String> SMALL =
      Map.of(
          "limits",
          "sizeBytes=400 lineBytes=100 headerBytes=200 commandLineBytes=100 recipients=3",
          "listener",
          "mx");

  @FuzzTest
  void anyClient(FuzzedDataProvider data) {
    boolean inContent = data.consumeBoolean();
    int piece = data.consumeInt(1, 20);
    String said = (inContent ? START : "") + data.consumeRemainingAsAsciiString();
    byte[] bytes = said.getBytes(StandardCharsets.ISO_8859_1);
    String whole = talk(bytes, Integer.MAX_VALUE);
    assertThat(talk(bytes, piece)).isEqualTo(whole);
    assertThat(whole).matches("(?s)(\\d{3}[ -][ -~]*\r\n)*");
  }

  private static String talk(byte[] bytes, int piece) {
    DialogWorld world = new DialogWorld(SMALL);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Dialog dialog = new Dialog(world.context, world.peer, Optional.empty())) {
      Wish wish = dialog.open(out::writeBytes);
      int at = 0;
      while (at < bytes.length && wish != Wish.CLOSE) {
        ByteBuffer in = ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at));
        wish = dialog.feed(in, out::writeBytes);
        at = in.position();
        if (wish == Wish.START_TLS) {
          dialog.secured(new TlsInfo("TLSv1.3", "x", Optional.empty()));
        }
      }
    }
    assertThat(world.spool.openDrafts.get()).isZero();
    assertThat(world.context.budget().usedBytes()).isZero();
    for (MemorySpool.Kept kept : world.spool.kept) {
      assertThat(kept.text().replace("\r\n", "")).doesNotContain("\r", "\n", "\0");
      assertThat(kept.text()).endsWith("\r\n").startsWith("Received: ");
      assertThat(kept.accepted().facts().sizeBytes()).isEqualTo(kept.content().length);
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }
}

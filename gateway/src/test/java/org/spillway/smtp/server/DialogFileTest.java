package org.spillway.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.spillway.mail.TlsInfo;

/** Every dialog file against the pure dialog, its input in whole lines and byte by byte. */
class DialogFileTest {
  private static final TlsInfo TLS =
      new TlsInfo("TLSv1.3", "TLS_AES_256_GCM_SHA384", Optional.empty());

  @TestFactory
  Stream<DynamicTest> wholeLines() {
    return DialogFile.all().stream()
        .map(f -> DynamicTest.dynamicTest(f.name(), () -> new Replay(f, Integer.MAX_VALUE).run()));
  }

  @TestFactory
  Stream<DynamicTest> byteByByte() {
    return DialogFile.all().stream()
        .map(f -> DynamicTest.dynamicTest(f.name(), () -> new Replay(f, 1).run()));
  }

  private static final class Replay {
    private final DialogFile file;
    private final int step;
    private final DialogWorld world;
    private final Dialog dialog;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Wish wish;
    private int read;

    Replay(DialogFile file, int step) {
      this.file = file;
      this.step = step;
      this.world = new DialogWorld(file.header());
      boolean tls = file.header().getOrDefault("listener", "mx").endsWith("implicit");
      this.dialog =
          new Dialog(world.context, world.peer, tls ? Optional.of(TLS) : Optional.empty());
      this.wish = dialog.open(out::writeBytes);
    }

    void run() {
      for (DialogFile.Step s : file.steps()) {
        String at = file.name() + ":" + s.line();
        switch (s.verb()) {
          case "C:", "C>" -> send(DialogFile.bytes(s));
          case "S:" -> DialogFile.assertMatches(at, s.text(), line());
          case "S~" -> {
            String last = line();
            while (last.startsWith(s.text() + "-")) {
              last = line();
            }
            assertThat(last).as(at).startsWith(s.text() + " ");
          }
          case "TLS" -> {
            assertThat(wish).as(at).isEqualTo(Wish.START_TLS);
            wish = Wish.GO_ON;
            dialog.secured(TLS);
          }
          case "END" -> assertThat(wish).as(at).isEqualTo(Wish.CLOSE);
          default -> assertThat(world.look(s)).as(at).isEmpty();
        }
      }
      assertThat(line()).as("nothing more to read").isEmpty();
      dialog.close();
      assertThat(world.spool.openDrafts.get()).as("open drafts").isZero();
      assertThat(world.context.budget().usedBytes()).as("budget in use").isZero();
      assertThat(world.accepted).hasSameSizeAs(world.spool.kept);
    }

    private void send(byte[] bytes) {
      for (int at = 0;
          at < bytes.length && wish == Wish.GO_ON;
          at += Math.min(step, bytes.length)) {
        int count = Math.min(step, bytes.length - at);
        wish = dialog.feed(ByteBuffer.wrap(bytes, at, count), out::writeBytes);
      }
    }

    private String line() {
      String all = out.toString(StandardCharsets.US_ASCII);
      int end = all.indexOf("\r\n", read);
      String line = end < 0 ? "" : all.substring(read, end);
      read = end < 0 ? read : end + 2;
      return line;
    }
  }
}

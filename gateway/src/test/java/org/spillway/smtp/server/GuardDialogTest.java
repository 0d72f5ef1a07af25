package org.spillway.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.admit.Line;
import org.spillway.mail.TlsInfo;

/**
 * Dialog files against the real admission: what the guard looks for stands in the header as in the
 * configuration ({@code guard}, {@code listener-keys}), with {@code zone} (records with ; between),
 * {@code early} (bytes said before the greeting), {@code file-NAME} (lines with ; between). Further
 * steps:
 *
 * <pre>
 * PAUSED 5        replies were held back for so many seconds since the last such step
 * COUNT text=1    so often a metric was counted: name, then its label values, with spaces
 * HANGUP          as QUIT without a word, then the same client connects anew
 * </pre>
 */
class GuardDialogTest {
  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> files() {
    return DialogFile.in("guard-dialogs").stream()
        .map(file -> DynamicTest.dynamicTest(file.name(), () -> new Replay(file).run()));
  }

  private final class Replay implements Line {
    private final DialogFile file;
    private final DialogWorld world;
    private final GuardedDoor door;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Duration paused = Duration.ZERO;
    private Dialog dialog;
    private Wish wish;
    private int read;

    Replay(DialogFile file) throws IOException {
      this.file = file;
      this.world = new DialogWorld(file.header());
      Path data = Files.createDirectory(directory.resolve(file.name()));
      this.door = new GuardedDoor(data, file.header(), world);
    }

    @Override
    public long listen(Duration atMost) {
      long early = Long.parseLong(file.header().getOrDefault("early", "0"));
      if (early == 0) {
        world.now = world.now.plus(atMost);
      }
      return dialog == null ? early : 0;
    }

    @Override
    public void pause(Duration time) {
      paused = paused.plus(time);
      world.now = world.now.plus(time);
    }

    private void connect() {
      dialog = null;
      Dialog fresh = new Dialog(door.context, world.peer, Optional.empty(), this);
      wish = fresh.open(out::writeBytes);
      dialog = fresh;
    }

    void run() throws IOException {
      connect();
      for (DialogFile.Step s : file.steps()) {
        String at = file.name() + ":" + s.line();
        switch (s.verb()) {
          case "C:", "C>" -> {
            assertThat(wish).as(at).isEqualTo(Wish.GO_ON);
            wish = dialog.feed(ByteBuffer.wrap(DialogFile.bytes(s)), out::writeBytes);
          }
          case "S:" -> DialogFile.assertMatches(at, s.text(), line());
          case "S~" -> reply(at, s.text());
          case "END" -> assertThat(wish).as(at).isEqualTo(Wish.CLOSE);
          case "PAUSED" -> {
            assertThat(paused.toSeconds()).as(at).isEqualTo(Long.parseLong(s.text()));
            paused = Duration.ZERO;
          }
          case "COUNT" -> {
            String[] pair = s.text().split("=");
            assertThat(door.counts.getOrDefault(pair[0], 0))
                .as(at + " of " + door.counts)
                .isEqualTo(Integer.parseInt(pair[1]));
          }
          case "TLS" -> {
            wish = Wish.GO_ON;
            dialog.secured(new TlsInfo("TLSv1.3", "TLS_AES_256_GCM_SHA384", Optional.empty()));
          }
          case "HANGUP" -> {
            dialog.close();
            connect();
          }
          default -> assertThat(world.look(s)).as(at).isEmpty();
        }
      }
      assertThat(line()).as("nothing more to read").isEmpty();
      dialog.close();
      door.close();
    }

    private void reply(String at, String code) {
      String last = line();
      while (last.startsWith(code + "-")) {
        last = line();
      }
      assertThat(last).as(at).startsWith(code + " ");
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

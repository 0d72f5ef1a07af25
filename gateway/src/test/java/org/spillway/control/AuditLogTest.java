package org.spillway.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit file: appended to, chained, and honest about what was done to it. */
final class AuditLogTest {
  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("audit.log");
  }

  private static Audit.Line line(String what) {
    return new Audit.Line(FakeNode.NOW, "root", what, "waiting", "held", "a \"reason\"\nor two");
  }

  private void write(String... whats) throws IOException {
    try (AuditLog log = AuditLog.open(file())) {
      for (String what : whats) {
        log.note(List.of(line(what)));
      }
    }
  }

  @Test
  void oneLineEachWithWhoWhatBeforeAfterWhy() throws IOException {
    write("queue hold 1");
    List<String> lines = Files.readAllLines(file());
    assertThat(lines).hasSize(1);
    Map<String, Object> cells = Json.read(lines.getFirst().getBytes()).orElseThrow();
    assertThat(cells)
        .containsEntry("at", "2026-11-24T09:00:00Z")
        .containsEntry("who", "root")
        .containsEntry("what", "queue hold 1")
        .containsEntry("before", "waiting")
        .containsEntry("after", "held")
        .containsEntry("why", "a \"reason\"\nor two")
        .containsEntry("prev", "0".repeat(64));
  }

  @Test
  void onlyTheOwnerReadsIt() throws IOException {
    write("a");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void theChainGoesOnAfterARestart() throws IOException {
    write("a", "b");
    write("c");
    assertThat(Files.readAllLines(file())).hasSize(3);
    assertThat(AuditLog.verify(file())).isEmpty();
  }

  @Test
  void aChangedLineShows() throws IOException {
    write("a", "b", "c");
    Files.writeString(file(), Files.readString(file()).replace("\"b\"", "\"x\""));
    assertThat(AuditLog.verify(file()).orElseThrow()).contains("audit.log:3:");
  }

  @Test
  void aLineTakenOutShows() throws IOException {
    write("a", "b", "c");
    List<String> lines = Files.readAllLines(file());
    lines.remove(1);
    Files.write(file(), lines);
    assertThat(AuditLog.verify(file()).orElseThrow()).contains("audit.log:2:");
  }

  @Test
  void aLineCutShortByACrashStaysAndIsChainedOver() throws IOException {
    write("a");
    Files.writeString(file(), "{\"at\":\"2026-11-24T0 ", StandardOpenOption.APPEND);
    write("b");
    List<String> lines = Files.readAllLines(file());
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).isEqualTo("{\"at\":\"2026-11-24T0 ");
    assertThat(AuditLog.verify(file())).isEmpty();
  }

  @Test
  void aBatchIsChainedWithinItself() throws IOException {
    try (AuditLog log = AuditLog.open(file())) {
      log.note(List.of(line("a"), line("b"), line("c")));
    }
    assertThat(Files.readAllLines(file())).hasSize(3);
    assertThat(AuditLog.verify(file())).isEmpty();
  }
}

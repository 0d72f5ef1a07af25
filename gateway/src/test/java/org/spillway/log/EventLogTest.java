package org.spillway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventLogTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-24T05:41:29.007Z"));

  private static String lines(LogForm form, java.util.function.Consumer<EventLog> what) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (LineSink sink = new LineSink(out)) {
      what.accept(new EventLog(sink, form, CLOCK));
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void sample(EventLog log) {
    log.line("disposition")
        .put("id", "01ARZ3NDEKTSV4RRFFQ69G5FAV")
        .put("rcpt", "ann@example.com")
        .put("site", "")
        .put("why", "550 5.1.1 \"no\" such=user")
        .put("size", 5120)
        .write();
  }

  @Test
  void textIsLogfmtWithKeysInOrder() {
    assertThat(lines(LogForm.TEXT, EventLogTest::sample))
        .isEqualTo(
            "time=2026-11-24T05:41:29.007Z event=disposition id=01ARZ3NDEKTSV4RRFFQ69G5FAV"
                + " rcpt=ann@example.com why=\"550 5.1.1 \\\"no\\\" such=user\" size=5120\n");
  }

  @Test
  void jsonIsOneObjectALine() {
    assertThat(lines(LogForm.JSON, EventLogTest::sample))
        .isEqualTo(
            "{\"time\":\"2026-11-24T05:41:29.007Z\",\"event\":\"disposition\","
                + "\"id\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\",\"rcpt\":\"ann@example.com\","
                + "\"why\":\"550 5.1.1 \\\"no\\\" such=user\",\"size\":5120}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nevent=disposition",
        "a\r\nb",
        "\u0000\u001b[31m",
        "\u0085\u2028\u2029",
        "\u202egnp.exe",
        "\ud800",
        "\u007f",
      })
  void noValueForgesALine(String value) {
    for (LogForm form : LogForm.values()) {
      String line = lines(form, log -> log.line("x").put("why", value).write());
      assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
      assertThat(line.strip().chars())
          .allMatch(c -> c >= ' ' && c != 0x7f && c != 0x85 && c < 0x2000);
    }
  }

  @Test
  void aLongValueIsCut() {
    String line = lines(LogForm.TEXT, log -> log.line("x").put("why", "y".repeat(9000)).write());
    assertThat(line.length()).isLessThan(2200);
    assertThat(line).endsWith("...\"\n");
  }

  @Test
  void wordsBeyondAsciiStayReadable() {
    assertThat(
            lines(LogForm.TEXT, log -> log.line("x").put("rcpt", "jürgen@bücher.example").write()))
        .endsWith("rcpt=\"jürgen@bücher.example\"\n");
  }

  @Test
  void linesOfManyThreadsArriveWhole() throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (LineSink sink = new LineSink(out)) {
      EventLog log = new EventLog(sink, LogForm.TEXT, CLOCK);
      List<Thread> writers =
          java.util.stream.IntStream.range(0, 8)
              .mapToObj(
                  n ->
                      Thread.ofVirtual()
                          .start(
                              () -> {
                                for (int i = 0; i < 2000; i++) {
                                  log.line("n").put("writer", n).put("i", i).write();
                                }
                              }))
              .toList();
      for (Thread writer : writers) {
        writer.join();
      }
      sink.flush();
      assertThat(out.toString(StandardCharsets.UTF_8).lines())
          .hasSize(16_000)
          .allMatch(l -> l.matches("time=\\S+ event=n writer=\\d i=\\d+"));
      assertThat(sink.dropped()).isZero();
    }
  }
}

package org.spillway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.spillway.config.ConfigText.good;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits, retry, node, spool, database, logging; and the units they are written in. */
final class LimitsChecksTest {

  @ParameterizedTest
  @CsvSource({"250ms, PT0.25S", "90s, PT1M30S", "2m, PT2M", "4h, PT4H", "5d, PT120H", "0s, PT0S"})
  void durations(String text, Duration value) {
    assertThat(Units.duration(text)).contains(value);
  }

  @ParameterizedTest
  @CsvSource({
    "0B, 0",
    "2000B, 2000",
    "10MB, 10000000",
    "50MiB, 52428800",
    "1GiB, 1073741824",
    "999999TiB, 1099510528264372224"
  })
  void sizes(String text, long bytes) {
    assertThat(Units.size(text)).hasValue(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "90", "s", "1.5h", "-1s", "1 s", "1S", "9999999d", "1h30m", "1w"})
  void noDurations(String text) {
    assertThat(Units.duration(text)).isEmpty();
    assertThat(good().with("limits", "{command-timeout: \"" + text + "\"}").problems()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "MB", "1.5MB", "-1B", "1 MB", "1mb", "9999999TiB", "1PB", "1K"})
  void noSizes(String text) {
    assertThat(Units.size(text)).isEmpty();
    assertThat(good().with("limits", "{size: \"" + text + "\"}").problems()).hasSize(1);
  }

  @Test
  void sizesAreShownShortly() {
    assertThat(Units.show(50L << 20)).isEqualTo("50MiB");
    assertThat(Units.show(1000)).isEqualTo("1000B");
    assertThat(Units.show(1L << 40)).isEqualTo("1TiB");
    assertThat(Units.show(0)).isEqualTo("0B");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "command-line: 500B | limits.command-line is 500B, too little; use at least 512B",
        "line: 999B | limits.line is 999B, too little; use at least 1000B",
        "line: 2MiB | limits.line is 2MiB, too much; use at most 1MiB",
        "header: 1GiB | limits.header is 1GiB, too much; use at most 16MiB",
        "buffer: 1KiB | limits.buffer is 1KiB, too little; use at least 1MiB",
        "sessions: 0 | limits.sessions is less than 1; use at least 1",
        "sessions: 1.5 | limits.sessions is \"1.5\", which is not a whole number; write for example"
            + " 2000",
        "sessions: \"5\" | limits.sessions is \"5\", which is not a whole number; write for example"
            + " 2000",
        "sessions: 5.0 | limits.sessions is \"5.0\", which is not a whole number in range; write"
            + " for example 100",
        "sessions: 99999999999999999999 | limits.sessions is more than 100000; use at most 100000",
        "received-hops: 10 | limits.received-hops is less than 30; use at least 30",
        "nul: keep | limits.nul is \"keep\", which is none of refuse, normalise; use one of them",
        "nul: refused | limits.nul is \"refused\", which is none of refuse, normalise; did you mean"
            + " \"refuse\"?",
        "message-timeout: 10m | limits.message-timeout is as long as senders wait, who would send"
            + " again what came in; use less than 10m, best 60s",
        "data-timeout: 0s | limits.data-timeout is nothing, so that no mail would come in; use for"
            + " example 60s",
      })
  void limits(String keys, String problem) {
    assertThat(good().with("limits", "{" + keys + "}").problems()).containsExactly(problem);
  }

  @Test
  void fewRecipients() {
    assertThat(good().with("limits", "{recipients: 50}").warnings())
        .containsExactly(
            "limits.recipients is below the 100 that RFC 5321 asks for; use 100 or more, unless few"
                + " senders are known");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "first: [] | retry.first is empty; name at least one",
        "first: [1m, soon] | retry.first[1] is \"soon\", which is not a duration; write for example"
            + " 90s, 2m, 4h or 5d",
        "grow-from: 2h | retry.grow-from is longer than grow-to; raise grow-to",
        "grow-from: 0s | retry.grow-from is nothing, so that no try would wait; use for example"
            + " 30m",
        "jitter: 0.9 | retry.jitter is more than 0.5; use at most 0.5",
        "lifetime: 31d | retry.lifetime is not between nothing and 30d; use for example 5d",
        "notification-lifetime: 6d | retry.notification-lifetime is longer than lifetime; use for"
            + " example 1d",
      })
  void retry(String keys, String problem) {
    assertThat(good().with("retry", "{" + keys + "}").problems()).containsExactly(problem);
  }

  @Test
  void delayNoticeThatComesTooLate() {
    assertThat(good().with("retry", "{delay-notice: 5d}").warnings())
        .containsExactly(
            "retry.delay-notice is no sooner than lifetime, so that none is sent; use 4h");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "segment: 1KiB | spool.segment is 1KiB, too little; use at least 1MiB",
        "body-file: 128MiB | spool.body-file is 128MiB, too much; use at most 64MiB",
        "capacity: 100MiB | spool.capacity is less than four segments or ten of the largest"
            + " messages; use at least 500MiB",
        "cache: 17GiB | spool.cache is 17GiB, too much; use at most 16GiB",
      })
  void spool(String keys, String problem) {
    assertThat(good().with("spool", "{" + keys + "}").problems()).containsExactly(problem);
  }

  @Test
  void node() {
    assertThat(good().with("node", "{name: a b}").problems())
        .containsExactly(
            "node.name is \"a b\", which is not a host name; write for example mail.example.com");
    assertThat(good().with("node", "{name: mx}").warnings())
        .containsExactly(
            "node.name is not a full name, and many servers refuse it; add the domain to it");
    assertThat(good().with("node", "{name: mx.example.com, postmaster: me}").problems())
        .containsExactly(
            "node.postmaster is \"me\", which is not a mail address; write for example"
                + " alice@example.com");
    String deep = "/" + "d".repeat(120);
    assertThat(good().with("node", "{name: mx.example.com, data: " + deep + "}").problems())
        .containsExactly(
            "node.data is too long a path for the control socket in it; use one of at most 94"
                + " bytes");
    assertThat(good().with("node", "{name: mx.example.com, data: \"a\\0b\"}").problems())
        .singleElement()
        .asString()
        .startsWith("node.data is \"a\\u0000b\", which is not a path");
  }

  @Test
  void directoriesThatAreFiles(@TempDir Path folder) throws IOException {
    Files.createFile(folder.resolve("data"));
    assertThat(good().in(folder).with("node", "{name: mx.example.com, data: data}").problems())
        .contains("node.data names a file, not a directory; name a directory");
  }

  @Test
  void repliesMustBeThere(@TempDir Path folder) throws IOException {
    assertThat(good().in(folder).with("replies", "replies.txt").problems()).hasSize(1);
    Path file = Files.createFile(folder.resolve("replies.txt"));
    assertThat(good().in(folder).with("replies", "replies.txt").settings().replies())
        .contains(file);
  }
}

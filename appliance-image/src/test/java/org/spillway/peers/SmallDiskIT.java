package org.spillway.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real file system that is too small: mail is refused in time, and what got a 250 arrives. */
final class SmallDiskIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int LETTER = 200_000;

  private Ground ground;
  private Path disk;
  private Sink sink;
  private SpillwayProcess spillway;

  @BeforeEach
  void open() throws Exception {
    ground = new Ground(SmallDiskIT.class);
    disk = ground.folder("spillway").resolve("data");
    Files.createDirectories(disk);
    SmallDisk.mounted(ground, disk, "96m");
    sink = ground.keep(Sink.quick());
    spillway =
        ground.keep(
            new SpillwayProcess(
                ground.folder("spillway"),
                Quick.oneSite(sink.port()) + "spool: {segment: 4MiB, capacity: 1GiB}\n"));
  }

  @AfterEach
  void close() throws Exception {
    ground.close();
  }

  @Test
  void c6AFullDiskRefusesLosesNothingAndTakesMailAgain() throws Exception {
    spillway.start();
    Journal journal = new Journal();
    Sender sender = new Sender(spillway.port(), journal);
    send(sender, "filling", 600);
    assertThat(journal.acknowledged()).hasSizeGreaterThan(100);
    assertThat(journal.refused().values()).isNotEmpty().allMatch(r -> r.startsWith("452 4.3.1"));
    Figures.say("small-disk.accepted-before-full", journal.acknowledged().size(), "messages");

    Path foreign = fillTheRest();
    send(sender, "foreign", 20);
    assertThat(journal.refused().values()).allMatch(reply -> reply.startsWith("45"));
    assertThat(spillway.rows("queue", "list")).hasSameSizeAs(journal.acknowledged());

    spillway.kill();
    Files.delete(foreign);
    sink.start();
    spillway.start(); // ready only when mail has gone out and there is room again
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(Tally.of(journal, sink).missing()).isEmpty());
    await().atMost(SOON).until(() -> spillway.rows("queue", "list").isEmpty());
    int before = journal.acknowledged().size();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              send(sender, "again" + System.nanoTime(), 5);
              assertThat(journal.acknowledged().size()).isGreaterThan(before);
            });
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(Tally.of(journal, sink).missing()).isEmpty());
    Figures.say("small-disk.lost", Tally.of(journal, sink).missing().size(), "messages");
    assertThat(spillway.command("spool", "verify").run().code()).isZero();
    spillway.stop();
  }

  private static void send(Sender sender, String prefix, int count) throws InterruptedException {
    sender.send(4, count, Letter.endless(prefix, "carol@example.net", "bob@example.com", LETTER));
  }

  /** Takes what is left of the disk, as somebody's core dump would. */
  private Path fillTheRest() throws IOException {
    Path file = disk.resolve("core.dump");
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space");
    }
    return file;
  }
}

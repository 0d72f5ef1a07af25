package org.spillway.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Large mail in a small heap: content streams, it is never held whole. */
final class BigMailIT {

  private static final int MIB = 1 << 20;
  private static final int SESSIONS = 200;
  private static final String CARE =
      """
      limits: {size: 64MiB, sessions-per-address: 400}
      """;

  private Ground ground;
  private Sink sink;
  private GcLog gc;
  private SpillwayProcess spillway;

  @BeforeEach
  void open() throws Exception {
    ground = new Ground(BigMailIT.class);
    sink = ground.keep(Sink.hashing()).start();
    gc = new GcLog(ground.folder().resolve("gc.log"));
    spillway =
        ground
            .keep(new SpillwayProcess(ground.folder("spillway"), Quick.oneSite(sink.port()) + CARE))
            .heap("256m")
            .javaOptions(gc.flag());
    spillway.start();
  }

  @AfterEach
  void close() throws Exception {
    ground.close();
  }

  @Test
  void fiftyMebibytesComeOutAsTheyWentIn() throws Exception {
    long begin = System.nanoTime();
    Journal journal = send(1, 1, 50 * MIB);
    Duration accepted = Duration.ofNanos(System.nanoTime() - begin);
    await().atMost(Duration.ofSeconds(90)).until(() -> sink.count() == 1);
    Duration delivered = Duration.ofNanos(System.nanoTime() - begin);
    Figures.say("big-mail.50mib.accepted-after", accepted);
    Figures.say("big-mail.50mib.delivered-after", delivered);
    intact(journal, 50 * MIB);
    Figures.say("big-mail.50mib.heap-peak", gc.peakMiB(), "MiB");
    assertThat(accepted).isLessThan(Duration.ofSeconds(30));
    spillway.stop();
  }

  @Test
  void twoHundredSessionsOfTenMebibytesEach() throws Exception {
    long begin = System.nanoTime();
    Journal journal = send(SESSIONS, SESSIONS, 10 * MIB);
    Duration accepted = Duration.ofNanos(System.nanoTime() - begin);
    await().atMost(Duration.ofMinutes(3)).until(() -> sink.count() >= SESSIONS);
    Duration delivered = Duration.ofNanos(System.nanoTime() - begin);
    Figures.say("big-mail.200x10mib.accepted-after", accepted);
    Figures.say("big-mail.200x10mib.delivered-after", delivered);
    Figures.say("big-mail.200x10mib.rate", 2000 / Figures.seconds(delivered), "MiB/s");
    intact(journal, 10 * MIB);
    Figures.say("big-mail.200x10mib.heap-peak", gc.peakMiB(), "MiB");
    spillway.stop();
  }

  private Journal send(int connections, int count, int sizeBytes) throws InterruptedException {
    Journal journal = new Journal();
    new Sender(spillway.port(), journal)
        .send(
            connections,
            count,
            Letter.endless("big", "carol@example.net", "bob@example.com", sizeBytes));
    assertThat(journal.refused()).isEmpty();
    assertThat(journal.unanswered()).isEmpty();
    assertThat(journal.acknowledged()).hasSize(count);
    return journal;
  }

  private void intact(Journal journal, int sizeBytes) {
    MessageDigest digest = SinkSession.sha256();
    for (long left = sizeBytes; left > 0; ) {
      byte[] block = Letter.block(left);
      digest.update(
          new String(block, java.nio.charset.StandardCharsets.US_ASCII)
              .replace("\r", "")
              .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      left -= block.length;
    }
    assertThat(sink.hashes().keySet()).isEqualTo(journal.acknowledged());
    assertThat(sink.hashes().values()).containsOnly(HexFormat.of().formatHex(digest.digest()));
  }
}

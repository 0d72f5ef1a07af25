package org.spillway.guard.grey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.mail.Address;
import org.spillway.mail.ReversePath;

/** Come back later (RFC 6647), and what of it is remembered through restarts and crashes. */
class GreylistTest {
  private static final Greyed NEW = new Greyed.Waits(Duration.ofMinutes(1), true);
  private static final Greyed BACK = new Greyed.Passes(Greyed.Why.CAME_BACK);
  private static final Greyed KNOWN = new Greyed.Passes(Greyed.Why.KNOWN);

  private Instant now = Instant.parse("2026-11-24T10:00:00Z");

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("greylist");
  }

  private Greylist open(int entries) throws IOException {
    GreySettings d = GreySettings.DEFAULT;
    GreySettings settings =
        new GreySettings(d.when(), d.delay(), d.retryWithin(), d.keep(), 24, 64, 3, entries);
    return Greylist.open(file(), settings, () -> now);
  }

  private static Greyed look(Greylist list, String ip, String from, String to) {
    ReversePath path =
        from.isEmpty() ? ReversePath.NULL : ReversePath.of(Address.parse(from).orElseThrow());
    return list.look(InetAddress.ofLiteral(ip), path, Address.parse(to).orElseThrow());
  }

  private static Greyed look(Greylist list) {
    return look(list, "192.0.2.1", "a@s.test", "b@ours.test");
  }

  @Test
  void comesBackInTime() throws IOException {
    try (Greylist list = open(100)) {
      assertThat(look(list)).isEqualTo(NEW);
      now = now.plusSeconds(20);
      assertThat(look(list)).isEqualTo(new Greyed.Waits(Duration.ofSeconds(40), false));
      now = now.plusSeconds(40);
      assertThat(look(list, "192.0.2.99", "A@s.test", "B@ours.test"))
          .as("another host of the network")
          .isEqualTo(BACK);
      assertThat(look(list)).isEqualTo(KNOWN);
      assertThat(look(list, "192.0.3.1", "a@s.test", "b@ours.test")).isEqualTo(NEW);
      assertThat(look(list, "192.0.2.1", "", "b@ours.test")).isEqualTo(NEW);
    }
  }

  @Test
  void tooLateIsAnew() throws IOException {
    try (Greylist list = open(100)) {
      look(list);
      now = now.plus(Duration.ofHours(25));
      assertThat(look(list)).isEqualTo(new Greyed.Waits(Duration.ofMinutes(1), false));
      now = now.plusSeconds(60);
      assertThat(look(list)).isEqualTo(BACK);
      now = now.plus(Duration.ofDays(37));
      assertThat(look(list)).isInstanceOf(Greyed.Waits.class);
    }
  }

  @Test
  void seenAgainItStaysKnown() throws IOException {
    try (Greylist list = open(100)) {
      look(list);
      now = now.plusSeconds(60);
      look(list);
      for (int i = 0; i < 10; i++) {
        now = now.plus(Duration.ofDays(30));
        assertThat(look(list)).isEqualTo(KNOWN);
      }
    }
  }

  @Test
  void aNetworkThatCameBackOftenPasses() throws IOException {
    try (Greylist list = open(100)) {
      for (int i = 0; i < 3; i++) {
        look(list, "192.0.2.1", "a" + i + "@s.test", "b@ours.test");
      }
      now = now.plusSeconds(60);
      for (int i = 0; i < 3; i++) {
        assertThat(look(list, "192.0.2.1", "a" + i + "@s.test", "b@ours.test")).isEqualTo(BACK);
      }
      assertThat(look(list, "192.0.2.77", "new@s.test", "b@ours.test"))
          .isEqualTo(new Greyed.Passes(Greyed.Why.NETWORK));
      now = now.plus(Duration.ofDays(37));
      assertThat(look(list, "192.0.2.77", "new@s.test", "b@ours.test")).isEqualTo(NEW);
    }
  }

  @Test
  void aClockThatIsSetBackMakesNobodyWaitForYears() throws IOException {
    try (Greylist list = open(100)) {
      look(list);
      now = now.minus(Duration.ofDays(400));
      look(list);
      now = now.plusSeconds(60);
      assertThat(look(list)).isEqualTo(BACK);
    }
  }

  @Test
  void itIsRememberedWithoutBeingClosed() throws IOException {
    Greylist killed = open(100);
    look(killed);
    now = now.plusSeconds(60);
    try (Greylist list = open(100)) {
      assertThat(look(list)).isEqualTo(BACK);
    }
    try (Greylist list = open(100)) {
      assertThat(look(list)).isEqualTo(KNOWN);
    }
    killed.close();
  }

  /** A crash may leave the file at any length. */
  @Test
  void everyTornTailOpensAndLosesAtMostItsLastRecord() throws IOException {
    try (Greylist list = open(100)) {
      for (int i = 0; i < 4; i++) {
        look(list, "192.0.2.1", "a" + i + "@s.test", "b@ours.test");
      }
    }
    byte[] whole = Files.readAllBytes(file());
    assertThat(whole).hasSize(16 + 4 * 40);
    for (int length = 16; length <= whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      try (Greylist list = open(100)) {
        assertThat(list.size()).isEqualTo((length - 16) / 40);
        assertThat(look(list, "203.0.113.1", "n@s.test", "b@ours.test")).isEqualTo(NEW);
      }
      try (Greylist list = open(100)) {
        assertThat(list.size()).isEqualTo((length - 16) / 40 + 1);
      }
    }
  }

  @Test
  void aDamagedRecordIsLeftOutAndTheOthersCount() throws IOException {
    try (Greylist list = open(100)) {
      look(list, "192.0.2.1", "a@s.test", "b@ours.test");
      look(list, "192.0.2.1", "c@s.test", "b@ours.test");
    }
    byte[] bytes = Files.readAllBytes(file());
    bytes[20] ^= 1;
    Files.write(file(), bytes);
    now = now.plusSeconds(60);
    try (Greylist list = open(100)) {
      assertThat(look(list, "192.0.2.1", "a@s.test", "b@ours.test")).isEqualTo(NEW);
      assertThat(look(list, "192.0.2.1", "c@s.test", "b@ours.test")).isEqualTo(BACK);
    }
  }

  @Test
  void anotherFileIsSetAside() throws IOException {
    Files.writeString(file(), "not a greylist");
    try (Greylist list = open(100)) {
      assertThat(look(list)).isEqualTo(NEW);
    }
    assertThat(directory.resolve("greylist.bad")).hasContent("not a greylist");
    assertThat(Files.size(file())).isEqualTo(56);
  }

  @Test
  void memoryAndFileAreBounded() throws IOException {
    try (Greylist list = open(50)) {
      for (int i = 0; i < 20_000; i++) {
        look(list, "192.0.2.1", "a" + i + "@s.test", "b@ours.test");
      }
      assertThat(list.size()).isEqualTo(50);
    }
    assertThat(Files.size(file())).isLessThan(16 + 40 * 4300);
    now = now.plusSeconds(60);
    try (Greylist list = open(50)) {
      assertThat(look(list, "192.0.2.1", "a19999@s.test", "b@ours.test")).isEqualTo(BACK);
      assertThat(look(list, "192.0.2.1", "a1@s.test", "b@ours.test")).isEqualTo(NEW);
    }
  }

  @Test
  void aLongFileIsReadWithFewerEntries() throws IOException {
    try (Greylist list = open(100)) {
      for (int i = 0; i < 100; i++) {
        look(list, "192.0.2.1", "a" + i + "@s.test", "b@ours.test");
      }
    }
    Files.write(file(), new byte[39], StandardOpenOption.APPEND);
    try (Greylist list = open(10)) {
      assertThat(list.size()).isEqualTo(10);
    }
  }
}

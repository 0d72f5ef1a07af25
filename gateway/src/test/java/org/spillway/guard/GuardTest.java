package org.spillway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.guard.GuardSettings.EarlyTalkers;
import org.spillway.guard.dnslist.DnsList;
import org.spillway.mail.Address;
import org.spillway.mail.Arrival;
import org.spillway.mail.Domain;
import org.spillway.mail.Envelope;
import org.spillway.mail.Network;
import org.spillway.mail.Recipient;
import org.spillway.mail.ReversePath;
import org.spillway.metrics.Metrics;
import org.spillway.testing.FakeDns;

/** Who is checked for what, and who is made to wait. */
class GuardTest {
  private static final Home HOME =
      new Home(
          "mx.ours.test",
          Set.of(new Domain("ours.test")),
          List.of(Network.parse("10.0.0.0/8").orElseThrow()),
          Set.of("submission"));

  private final FakeDns dns = new FakeDns();
  private final List<Duration> waits = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-24T10:00:00Z");
  private long said;

  @TempDir Path directory;

  private Guard guard(GuardSettings settings) throws IOException {
    return Guard.open(
        settings,
        HOME,
        new Guard.World(
            dns, ReverseNames.through(dns), KnownSenders.NONE, () -> now, Metrics.NONE, directory));
  }

  private static GuardSettings waiting(EarlyTalkers.Wait wait, DnsList... lists) {
    GuardSettings d = GuardSettings.DEFAULT;
    return new GuardSettings(
        new EarlyTalkers(wait, Duration.ofSeconds(6), Action.REFUSE, Action.NOTE),
        d.helo(),
        d.reverse(),
        new GuardSettings.DnsListing(List.of(lists), Duration.ofSeconds(3), 8, 0, 4, 2),
        d.greylist(),
        d.rates(),
        d.rateKeys(),
        d.crowds(),
        new GuardSettings.TarpitSettings(Duration.ofSeconds(5), 2),
        d.ownDomains(),
        d.lists(),
        d.senders());
  }

  private static Arrival from(String ip, String listener) {
    return new Arrival(
        Instant.EPOCH,
        InetAddress.ofLiteral(ip),
        4000,
        "host.test",
        true,
        Optional.empty(),
        Optional.empty(),
        listener);
  }

  private List<Sign> connect(Guard guard, String ip) {
    return guard.connection(from(ip, "smtp"), this::listen);
  }

  private long listen(Duration atMost) {
    waits.add(atMost);
    return said;
  }

  @Test
  void byDefaultNobodyWaitsAndTheDnsIsNotAsked() throws IOException {
    Guard guard = guard(GuardSettings.DEFAULT);
    assertThat(connect(guard, "192.0.2.1")).isEmpty();
    assertThat(waits).containsExactly(Duration.ZERO);
    Arrival stranger = from("192.0.2.1", "smtp");
    assertThat(guard.sender(stranger, path("a@s.test"))).isEmpty();
    Envelope envelope = Envelope.of(path("a@s.test"), List.of());
    Recipient to = Recipient.of(Address.parse("b@ours.test").orElseThrow());
    assertThat(guard.recipient(stranger, envelope, to, true)).isEmpty();
    assertThat(dns.questions()).isEmpty();
  }

  private static ReversePath path(String address) {
    return ReversePath.of(Address.parse(address).orElseThrow());
  }

  @Test
  void bytesBeforeTheGreetingAreSeenWithoutAnyWait() throws IOException {
    said = 12;
    assertThat(connect(guard(GuardSettings.DEFAULT), "192.0.2.1"))
        .containsExactly(new Sign.Early(12, Duration.ZERO));
  }

  @Test
  void ourNetworksAreNotListenedTo() throws IOException {
    said = 12;
    assertThat(connect(guard(waiting(EarlyTalkers.Wait.ALWAYS)), "10.1.1.1")).isEmpty();
    assertThat(waits).isEmpty();
  }

  @Test
  void onlyTheSuspiciousWait() throws IOException {
    dns.zone(
        """
        192.0.2.1 PTR good.test
        good.test A 192.0.2.1
        192.0.2.2 PTR liar.test
        liar.test A 203.0.113.9
        192.0.2.4 PTR listed.test
        listed.test A 192.0.2.4
        4.2.0.192.bad.test A 127.0.0.2
        5.2.0.192.good.test A 127.0.0.1
        192.0.2.6 FAIL SERVFAIL
        """);
    DnsList bad = new DnsList("bad.test", 3, List.of());
    DnsList good = new DnsList("good.test", -3, List.of());
    Guard guard = guard(waiting(EarlyTalkers.Wait.SUSPICIOUS, bad, good));
    for (int i = 1; i <= 6; i++) {
      now = now.plusSeconds(60);
      connect(guard, "192.0.2." + i);
    }
    Duration six = Duration.ofSeconds(6);
    Duration none = Duration.ZERO;
    assertThat(waits)
        .as("confirmed, unconfirmed, nameless, listed, vouched for, unknown")
        .containsExactly(none, six, six, six, none, none);
  }

  @Test
  void whoHasWaitedIsSparedForADay() throws IOException {
    Guard guard = guard(waiting(EarlyTalkers.Wait.ALWAYS));
    assertThat(connect(guard, "192.0.2.1"))
        .containsExactly(new Sign.Early(0, Duration.ofSeconds(6)));
    assertThat(connect(guard, "192.0.2.1")).isEmpty();
    now = now.plus(Duration.ofHours(25));
    assertThat(connect(guard, "192.0.2.1")).hasSize(1);
    said = 5;
    assertThat(connect(guard, "192.0.2.1")).containsExactly(new Sign.Early(5, Duration.ZERO));
  }

  @Test
  void submissionDoesNotWait() throws IOException {
    Guard guard = guard(waiting(EarlyTalkers.Wait.ALWAYS));
    guard.connection(from("192.0.2.1", "submission"), this::listen);
    assertThat(waits).containsExactly(Duration.ZERO);
  }

  @Test
  void onlySoManyWaitAtATime() throws IOException {
    Guard guard = guard(waiting(EarlyTalkers.Wait.ALWAYS));
    for (int i = 1; i <= 3; i++) {
      connect(guard, "192.0.2." + i);
    }
    now = now.plusSeconds(6);
    connect(guard, "192.0.2.4");
    Duration six = Duration.ofSeconds(6);
    assertThat(waits).containsExactly(six, six, Duration.ZERO, six);
  }

  @Test
  void aReloadWithABadFileLeavesEverythingAsItWas() throws IOException {
    Guard guard = guard(GuardSettings.DEFAULT);
    GuardSettings d = GuardSettings.DEFAULT;
    GuardSettings missing =
        new GuardSettings(
            d.earlyTalkers(),
            d.helo(),
            d.reverse(),
            d.dnsLists(),
            d.greylist(),
            d.rates(),
            d.rateKeys(),
            d.crowds(),
            d.tarpit(),
            d.ownDomains(),
            Optional.of(directory.resolve("missing")),
            Optional.empty());
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> guard.reading(missing, HOME)))
        .isInstanceOf(IOException.class);
    assertThat(guard.settings()).isEqualTo(GuardSettings.DEFAULT);
    Files.writeString(directory.resolve("missing"), "deny 192.0.2.1 never ann\n");
    guard.reading(missing, HOME).run();
    assertThat(connect(guard, "192.0.2.1")).hasSize(1);
  }
}

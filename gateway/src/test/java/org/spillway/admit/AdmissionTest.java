package org.spillway.admit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.guard.Guard;
import org.spillway.guard.Home;
import org.spillway.guard.KnownSenders;
import org.spillway.guard.ReverseNames;
import org.spillway.mail.Address;
import org.spillway.mail.Arrival;
import org.spillway.mail.Body;
import org.spillway.mail.Content;
import org.spillway.mail.ContentFacts;
import org.spillway.mail.Direction;
import org.spillway.mail.Domain;
import org.spillway.mail.EntryId;
import org.spillway.mail.Envelope;
import org.spillway.mail.Message;
import org.spillway.mail.Network;
import org.spillway.mail.Recipient;
import org.spillway.mail.ReversePath;
import org.spillway.metrics.Metrics;
import org.spillway.route.LoopGuard;
import org.spillway.spool.Disposition;
import org.spillway.testing.FakeDns;

/** The admission route as a whole: who may send what to whom. */
class AdmissionTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final long MAX_SIZE = 1000;
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final LoopGuard loopGuard = new LoopGuard(new byte[32]);
  private RoutedAdmission admission;

  @TempDir Path directory;

  @BeforeEach
  void start() throws Exception {
    Path list =
        Files.writeString(directory.resolve("recipients"), "Alice\nbob@ours.test # sales\n");
    Domain ours = domain("ours.test");
    Map<Address, List<Address>> aliases =
        Map.of(
            address("team@ours.test"),
                List.of(address("alice@ours.test"), address("bob@ours.test")),
            address("gone@ours.test"), List.of(address("friend@far.test")),
            address("round@ours.test"), List.of(address("round2@ours.test")),
            address("round2@ours.test"), List.of(address("round@ours.test")));
    HostedDomain main = new HostedDomain(ours, Optional.empty(), Optional.of(list), aliases);
    HostedDomain alias =
        new HostedDomain(domain("alias.test"), Optional.of(ours), Optional.empty(), Map.of());
    HostedDomain open =
        new HostedDomain(domain("open.test"), Optional.empty(), Optional.empty(), Map.of());
    AdmissionSettings settings =
        new AdmissionSettings(
            List.of(main, alias, open), List.of(Network.parse("10.0.0.0/8").get()), MAX_SIZE, 30);
    camel.start();
    admission =
        RoutedAdmission.in(
            camel,
            settings,
            Optional.of(address("root@ours.test")),
            new RoutedAdmission.Around(loopGuard, guard(settings), clock(), Metrics.NONE));
  }

  private Guard guard(AdmissionSettings settings) throws IOException {
    FakeDns dns = new FakeDns();
    return Guard.open(
        settings.guard(),
        new Home("mx.ours.test", Set.of(domain("ours.test")), settings.networks(), Set.of()),
        new Guard.World(
            dns, ReverseNames.through(dns), KnownSenders.NONE, clock(), Metrics.NONE, directory));
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void aStrangerReachesOurRecipientsAndNobodyElse() {
    Arrival stranger = from("192.0.2.1", null);
    assertThat(ask(stranger, "alice@ours.test").direction()).isEqualTo(Direction.INBOUND);
    assertThat(reply(stranger, "alice@ours.test")).startsWith("250 2.1.5");
    assertThat(reply(stranger, "ALICE+tag@ours.test")).startsWith("250 2.1.5");
    assertThat(reply(stranger, "nobody@ours.test")).startsWith("550 5.1.1");
    assertThat(reply(stranger, "x@elsewhere.test")).startsWith("550 5.7.1");
    assertThat(reply(stranger, "anyone@open.test")).startsWith("250");
  }

  @Test
  void knownNetworksAndUsersReachTheWorld() {
    assertThat(ask(from("10.1.2.3", null), "x@elsewhere.test").direction())
        .isEqualTo(Direction.OUTBOUND);
    assertThat(ask(from("192.0.2.1", "ann"), "x@elsewhere.test").direction())
        .isEqualTo(Direction.OUTBOUND);
    assertThat(ask(from("10.1.2.3", null), "alice@ours.test").direction())
        .isEqualTo(Direction.INTERNAL);
    assertThat(reply(from("10.1.2.3", null), "nobody@ours.test")).startsWith("550 5.1.1");
  }

  @Test
  void aliasesBecomeTheirTargets() {
    Arrival stranger = from("192.0.2.1", null);
    assertThat(targets(stranger, "team@ours.test"))
        .containsExactly("alice@ours.test", "bob@ours.test");
    assertThat(targets(stranger, "alice@alias.test")).containsExactly("alice@ours.test");
    assertThat(targets(stranger, "gone@ours.test")).containsExactly("friend@far.test");
    assertThat(targets(stranger, "postmaster@ours.test")).containsExactly("root@ours.test");
    assertThat(reply(stranger, "round@ours.test")).startsWith("550 5.1.1");
  }

  @Test
  void sizeIsCheckedAtMailAndAtTheEnd() {
    Envelope declared =
        new Envelope(
            ReversePath.NULL,
            List.of(),
            Body.SEVENBIT,
            false,
            Optional.empty(),
            Optional.empty(),
            OptionalLong.of(MAX_SIZE + 1));
    assertThat(admission.sender(from("192.0.2.1", null), declared).reply().toString())
        .startsWith("552 5.3.4");
    assertThat(judge(MAX_SIZE + 1, 0, List.of(), "alice@ours.test").verdict().reply().toString())
        .startsWith("552 5.3.4");
  }

  @Test
  void tooManyHopsAreALoop() {
    assertThat(judge(10, 31, List.of(), "alice@ours.test").verdict().reply().toString())
        .startsWith("554 5.4.6");
    assertThat(judge(10, 30, List.of(), "alice@ours.test").verdict())
        .isInstanceOf(Verdict.Accept.class);
  }

  @Test
  void onlyTheRecipientThatItWasSentToIsHeldAsALoop() {
    EntryId first = new EntryId(1, 2);
    String stamp = loopGuard.stamp(first, List.of(address("alice@ours.test")));
    Admission.MessageVerdict verdict =
        judge(10, 1, List.of(stamp), "alice@ours.test", "bob@ours.test");
    assertThat(verdict.standings().get(0)).isInstanceOf(Disposition.Held.class);
    assertThat(verdict.standings().get(1)).isInstanceOf(Disposition.Waiting.class);
  }

  @Test
  void whatTheGuardSawEarlierIsInTheRecordOfTheMessage() {
    Arrival early = from("192.0.2.1", null);
    Arrival nickname =
        new Arrival(
            early.at(),
            early.client(),
            early.clientPort(),
            "nickname",
            true,
            early.tls(),
            early.user(),
            early.listener());
    Envelope envelope = Envelope.of(ReversePath.of(address("me@ours.test")), List.of());
    admission.connect(early, Line.heard(7));
    assertThat(admission.sender(nickname, envelope)).isInstanceOf(Verdict.Accept.class);
    assertThat(guarded(judge(10, 0, List.of(), "alice@ours.test")))
        .containsExactly("early-talker", "helo", "own-domain");
    admission.sender(early, Envelope.of(ReversePath.NULL, List.of()));
    assertThat(guarded(judge(10, 0, List.of(), "alice@ours.test"))).containsExactly("early-talker");
  }

  private static List<String> guarded(Admission.MessageVerdict verdict) {
    return verdict.findings().stream()
        .filter(finding -> finding instanceof Finding.Guarded(var _, boolean fresh) && !fresh)
        .map(Finding::check)
        .toList();
  }

  @Test
  void everyRecipientHasItsOwnDirection() {
    Admission.MessageVerdict verdict = judge(10, 0, List.of(), "alice@ours.test", "x@far.test");
    assertThat(verdict.decision().copyOf(0).direction()).isEqualTo(Direction.INBOUND);
    assertThat(verdict.decision().copyOf(1).direction()).isEqualTo(Direction.OUTBOUND);
  }

  private Admission.MessageVerdict judge(long size, int hops, List<String> stamps, String... to) {
    List<Recipient> recipients = List.of(to).stream().map(a -> Recipient.of(address(a))).toList();
    ContentFacts facts =
        new ContentFacts(
            size,
            5,
            "",
            hops,
            false,
            false,
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            stamps);
    return admission.message(
        new Message(
            new EntryId(3, 4),
            from("192.0.2.1", null),
            Direction.INBOUND,
            Envelope.of(ReversePath.NULL, recipients),
            facts,
            content()));
  }

  private List<String> targets(Arrival arrival, String to) {
    return ask(arrival, to).recipients().stream().map(r -> r.address().toString()).toList();
  }

  private String reply(Arrival arrival, String to) {
    return ask(arrival, to).verdict().reply().toString();
  }

  private Admission.RecipientVerdict ask(Arrival arrival, String to) {
    Envelope envelope = Envelope.of(ReversePath.of(address("s@sender.test")), List.of());
    return admission.recipient(arrival, envelope, Recipient.of(address(to)));
  }

  private static InstantSource clock() {
    return InstantSource.fixed(NOW);
  }

  private static Arrival from(String ip, String user) {
    return new Arrival(
        NOW,
        InetAddress.ofLiteral(ip),
        4000,
        "client.test",
        true,
        Optional.empty(),
        Optional.ofNullable(user),
        "in");
  }

  private static Address address(String text) {
    return Address.parse(text).orElseThrow();
  }

  private static Domain domain(String text) {
    return Domain.parse(text).orElseThrow();
  }

  private static Content content() {
    byte[] bytes = "A: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    return new Content() {
      @Override
      public long sizeBytes() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }
}

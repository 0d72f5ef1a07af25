package org.spillway.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.mail.Domain;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The resolver against a name server on the loopback: the contract, and what goes wrong. */
final class DnsJavaResolverTest implements DnsContract {
  private static final Duration SHORT = Duration.ofMillis(100);
  private final NameServer server;
  private final HandTime time = new HandTime();
  private final Dns dns;

  DnsJavaResolverTest() throws IOException {
    server = new NameServer();
    dns = resolver(settings());
  }

  private DnsSettings settings() {
    return DnsSettings.standard(List.of(server.address()));
  }

  private DnsJavaResolver resolver(DnsSettings settings) {
    return new DnsJavaResolver(settings, time, time);
  }

  private Dns impatient() {
    return resolver(settings().withTimes(SHORT, Duration.ofSeconds(1)));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Override
  public Dns over(String zone) throws IOException {
    server.zone(zone);
    return dns;
  }

  private static String why(Answer<?> answer) {
    return answer instanceof Answer.Failed<?>(String why) ? why : "no failure: " + answer;
  }

  @Test
  void joinsTheStringsOfATxtRecord() throws IOException {
    server.add("a.test", "TXT", "\"v=spf1 \" \"-all\"", 300);
    assertThat(dns.txt("a.test")).isEqualTo(new Answer.Found<>(List.of("v=spf1 -all"), false));
  }

  @Test
  void bytesAreBytesInNamesAndTexts() throws IOException {
    server.add("caf\\233.test", "TXT", "\"\\252\\001\"", 300);
    assertThat(dns.txt("caf\u00e9.test"))
        .isEqualTo(new Answer.Found<>(List.of("\u00fc\u0001"), false));
    assertThat(dns.txt("a\\.b.test")).isEqualTo(new Answer.Absent<>(false));
    assertThat(server.questions).last().isEqualTo("udp TXT a\\\\.b.test.");
  }

  @Test
  void whatIsNoNameDoesNotExist() {
    assertThat(dns.txt("a..b")).isEqualTo(new Answer.Absent<>(false));
    assertThat(dns.txt(".a")).isEqualTo(new Answer.Absent<>(false));
    assertThat(dns.addresses("x".repeat(70) + ".test")).isEqualTo(new Answer.Absent<>(false));
    assertThat(dns.txt("a.".repeat(127) + "test")).isEqualTo(new Answer.Absent<>(false));
    assertThat(server.questions).isEmpty();
  }

  @Test
  void theHostsFileCountsForAddressesOnly(@TempDir Path folder) throws IOException {
    Path hosts = Files.writeString(folder.resolve("hosts"), "192.0.2.9 relay relay.test\n");
    Dns listed = resolver(settings().withHosts(hosts));
    assertThat(listed.addresses("relay.test"))
        .isEqualTo(new Answer.Found<>(List.of(InetAddress.ofLiteral("192.0.2.9")), false));
    assertThat(server.questions).isEmpty();
    assertThat(listed.a("relay.test")).isEqualTo(new Answer.Absent<>(false));
    server.add("b.test", "A", "192.0.2.2", 300);
    assertThat(listed.addresses("b.test")).isInstanceOf(Answer.Found.class);
  }

  @Test
  void asksAgainByTcpWhenTheAnswerIsCut() throws IOException {
    server.truncates = true;
    server.add("a.test", "TXT", "x".repeat(200), 300);
    assertThat(dns.txt("a.test")).isInstanceOf(Answer.Found.class);
    assertThat(server.questions).containsExactly("udp TXT a.test.", "tcp TXT a.test.");
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED, Rcode.FORMERR})
  void anErrorIsAFailureAndIsNotKept(int rcode) throws IOException {
    server.rcode = rcode;
    assertThat(why(dns.txt("a.test"))).contains(server.address(), Rcode.string(rcode));
    assertThat(dns.addresses("a.test")).isInstanceOf(Answer.Failed.class);
    server.rcode = Rcode.NOERROR;
    server.add("a.test", "TXT", "x", 300);
    assertThat(dns.txt("a.test")).isInstanceOf(Answer.Found.class);
  }

  @Test
  void silenceIsAFailureAfterASecondTry() {
    server.silent = true;
    assertThat(why(impatient().txt("a.test"))).contains("no answer");
    await().untilAsserted(() -> assertThat(server.questions).hasSize(2));
  }

  @Test
  void nobodyThereIsAFailureAtOnce() throws IOException {
    int port;
    try (DatagramSocket nobody = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = nobody.getLocalPort();
    }
    Dns alone = resolver(DnsSettings.standard(List.of("127.0.0.1:" + port)));
    long before = System.nanoTime();
    assertThat(alone.txt("a.test")).isInstanceOf(Answer.Failed.class);
    assertThat(System.nanoTime() - before).isLessThan(4_000_000_000L);
  }

  @Test
  void asksAServerThatKnowsNoEdnsWithoutIt() throws IOException {
    server.add("a.test", "TXT", "x", 300);
    server.play =
        (query, answer) -> {
          answer.getHeader().setRcode(query.getOPT() == null ? Rcode.NOERROR : Rcode.FORMERR);
          return List.of(answer.toWire());
        };
    assertThat(dns.txt("a.test")).isEqualTo(new Answer.Found<>(List.of("x"), false));
  }

  @Test
  void waitsForTheRightAnswerAmongForgedOnes() throws IOException {
    server.add("a.test", "TXT", "x", 300);
    server.play =
        (_, answer) -> {
          Message forged = answer.clone();
          forged.getHeader().setID(answer.getHeader().getID() ^ 1);
          return List.of(new byte[3], forged.toWire(), answer.toWire());
        };
    assertThat(dns.txt("a.test")).isEqualTo(new Answer.Found<>(List.of("x"), false));
  }

  @Test
  void oddAnswersAreFailures() throws IOException {
    server.add("a.test", "TXT", "x", 300);
    server.play = (_, answer) -> List.of(cut(answer.toWire(), 14));
    assertThat(why(dns.txt("a.test"))).contains("cannot be read");
    Record other = Record.newRecord(Name.fromString("b.test."), Type.TXT, DClass.IN);
    server.play =
        (_, answer) -> {
          answer.removeAllRecords(Section.QUESTION);
          answer.addRecord(other, Section.QUESTION);
          return List.of(answer.toWire());
        };
    assertThat(why(dns.txt("a.test"))).contains("another question");
    server.play =
        (query, _) -> {
          query.getHeader().setFlag(Flags.QR);
          query.addRecord(new NSRecord(Name.root, DClass.IN, 60, Name.root), Section.AUTHORITY);
          return List.of(query.toWire());
        };
    assertThat(why(dns.txt("a.test"))).contains("referral");
  }

  private static byte[] cut(byte[] bytes, int length) {
    return java.util.Arrays.copyOf(bytes, length);
  }

  @Test
  void recordsOfOtherNamesDoNotCount() throws IOException {
    server.add("a.test", "A", "192.0.2.1", 300);
    Record poison = NameServer.record("bank.test", "A", "192.0.2.66", 300);
    server.play =
        (_, answer) -> {
          answer.addRecord(poison, Section.ANSWER);
          return List.of(answer.toWire());
        };
    assertThat(dns.a("a.test"))
        .isEqualTo(new Answer.Found<>(List.of(InetAddress.ofLiteral("192.0.2.1")), false));
    assertThat(dns.a("bank.test")).isInstanceOf(Answer.Found.class);
    assertThat(server.questions).hasSize(2);
  }

  @Test
  void asksForTheEndOfAnAliasThatTheServerLeavesOut() throws IOException {
    server.zone("www.test CNAME a.test\na.test A 192.0.2.1");
    server.play =
        (_, answer) -> {
          if (answer.getQuestion().getName().toString().equals("www.test.")) {
            answer.removeAllRecords(Section.ANSWER);
            answer.addRecord(NameServer.record("www.test", "CNAME", "a.test", 300), Section.ANSWER);
          }
          return List.of(answer.toWire());
        };
    assertThat(dns.a("www.test")).isInstanceOf(Answer.Found.class);
    assertThat(server.questions).containsExactly("udp A www.test.", "udp A a.test.");
  }

  @Test
  void tellsWhyTheServerCallsAnAnswerBogus() {
    server.play =
        (query, answer) -> {
          answer.getHeader().setRcode(Rcode.SERVFAIL);
          var reason =
              new ExtendedErrorCodeOption(
                  ExtendedErrorCodeOption.SIGNATURE_EXPIRED, "sig\nexpired");
          answer.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(reason)), Section.ADDITIONAL);
          return List.of(answer.toWire());
        };
    assertThat(why(dns.txt("a.test"))).contains("SERVFAIL", "sig?expired");
  }

  @Test
  void theAdBitCountsOnlyWhereItIsTrusted() throws IOException {
    server.proved = true;
    server.zone("a.test MX 10 mx.test\nmx.test A 192.0.2.1\nmx.test AAAA 2001:db8::1");
    Domain domain = Domain.parse("a.test").orElseThrow();
    Dns trusting = resolver(settings().trustingAd(List.of(server.address())));
    assertThat(dns.mx(domain)).isEqualTo(found(new Dns.Mx(10, "mx.test"), false));
    assertThat(trusting.mx(domain)).isEqualTo(found(new Dns.Mx(10, "mx.test"), true));
    assertThat(trusting.addresses("mx.test")).matches(DnsJavaResolverTest::isSecure);
    assertThat(resolver(settings().trustingAd(List.of())).mx(domain))
        .as("on this host")
        .matches(DnsJavaResolverTest::isSecure);
    server.proved = false;
    assertThat(resolver(settings().trustingAd(List.of())).mx(domain))
        .isEqualTo(found(new Dns.Mx(10, "mx.test"), false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> resolver(settings().trustingAd(List.of("192.0.2.1"))))
        .withMessageContaining("not trusted");
  }

  private static <T> Answer<T> found(T record, boolean secure) {
    return new Answer.Found<>(List.of(record), secure);
  }

  private static boolean isSecure(Answer<?> answer) {
    return answer instanceof Answer.Found<?>(List<?> _, boolean secure) && secure;
  }
}

package org.spillway.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Our own proofs, over zones that the test signs: {@code test.} signed, {@code plain.test.} not.
 */
final class ProvingTest {
  private final NameServer server;
  private final HandTime time = new HandTime();
  private final Zone root = new Zone(Name.root);
  private final Zone signed = new Zone(Name.fromConstantString("test."));
  private final Zone plain = new Zone(Name.fromConstantString("plain.test."));
  private DnsJavaResolver dns;

  ProvingTest() throws IOException {
    server = new NameServer();
  }

  @BeforeEach
  void zones() throws IOException, DNSSEC.DNSSECException {
    signed.add(NameServer.record("mx.test", "A", "192.0.2.1", 300));
    signed.add(NameServer.record("_25._tcp.mx.test", "TLSA", "3 1 1 ab", 300));
    signed.add(NameServer.record("alias.test", "CNAME", "mx.test", 300));
    signed.add(NameServer.record("out.test", "CNAME", "a.plain.test", 300));
    signed.add(NameServer.record("*.wild.test", "TXT", "w", 300));
    signed.add(new NSRecord(plain.origin, DClass.IN, 300, plain.origin));
    plain.add(NameServer.record("a.plain.test", "A", "192.0.2.2", 300));
    root.add(new NSRecord(signed.origin, DClass.IN, 300, signed.origin));
    root.add(signed.ds());
    signed.sign(HandTime.START, Duration.ofDays(10));
    root.sign(HandTime.START, Duration.ofDays(20));
    server.serve(List.of(root, signed, plain));
    dns = resolver(root.key());
  }

  private DnsJavaResolver resolver(Record anchor) {
    if (!(TrustAnchors.parse(anchor.toString()) instanceof TrustAnchors.Read.Good(var anchors))) {
      throw new IllegalStateException(anchor.toString());
    }
    DnsSettings settings = DnsSettings.standard(List.of(server.address())).validating(anchors);
    return new DnsJavaResolver(settings, time, time);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static boolean secure(Answer<?> answer) {
    assertThat(answer).isInstanceOf(Answer.Found.class);
    return answer instanceof Answer.Found<?>(List<?> _, boolean proved) && proved;
  }

  private static String why(Answer<?> answer) {
    return answer instanceof Answer.Failed<?>(String why) ? why : "no failure: " + answer;
  }

  /** What a man in the middle makes of each answer that he cares for. */
  private void tamper(Part type, java.util.function.UnaryOperator<Record> change) {
    server.play =
        (_, answer) -> {
          for (Record record : List.copyOf(answer.getSection(Section.ANSWER))) {
            if (record.getType() == type.code) {
              answer.removeRecord(record, Section.ANSWER);
              Record changed = change.apply(record);
              if (!changed.equals(record)) {
                answer.addRecord(changed, Section.ANSWER);
              }
            }
          }
          return List.of(answer.toWire());
        };
  }

  private enum Part {
    A(Type.A),
    RRSIG(Type.RRSIG);
    final int code;

    Part(int code) {
      this.code = code;
    }
  }

  private static Record forged() {
    try {
      return NameServer.record("mx.test", "A", "192.0.2.66", 300);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void aSignedAnswerIsSecure() {
    assertThat(secure(dns.a("mx.test"))).isTrue();
    assertThat(secure(dns.tlsa("_25._tcp.mx.test"))).isTrue();
    assertThat(secure(dns.a("alias.test"))).isTrue();
    assertThat(secure(dns.cname("alias.test"))).isTrue();
    assertThat(secure(dns.txt("x.wild.test"))).isTrue();
  }

  @Test
  void anAnswerOfAnUnsignedZoneIsNot() {
    assertThat(secure(dns.a("a.plain.test"))).isFalse();
    assertThat(secure(dns.a("out.test"))).as("an alias that leads out").isFalse();
    assertThat(secure(dns.cname("out.test"))).isTrue();
  }

  @Test
  void absenceIsProvedToo() {
    assertThat(dns.tlsa("_25._tcp.none.test")).isEqualTo(new Answer.Absent<>(false));
    assertThat(dns.txt("mx.test")).isEqualTo(new Answer.Absent<>(true));
    assertThat(dns.txt("a.plain.test")).isEqualTo(new Answer.Absent<>(true));
    assertThat(dns.txt("none.plain.test")).isEqualTo(new Answer.Absent<>(false));
  }

  @Test
  void theKeysAboveAreAskedForOnce() {
    dns.a("mx.test");
    server.questions.clear();
    dns.tlsa("_25._tcp.mx.test");
    assertThat(server.questions).containsExactly("udp TLSA _25._tcp.mx.test.");
  }

  @Test
  void aTamperedAnswerIsAFailureAndIsNotKept() {
    tamper(Part.A, _ -> forged());
    assertThat(why(dns.a("mx.test"))).contains("DNSSEC");
    server.play = (_, answer) -> List.of(answer.toWire());
    assertThat(secure(dns.a("mx.test"))).isTrue();
  }

  @Test
  void anAnswerStrippedOfItsSignatureIsAFailure() {
    tamper(Part.RRSIG, record -> record);
    assertThat(why(dns.a("mx.test"))).contains("DNSSEC");
  }

  @Test
  void aDenialWithoutProofIsAFailure() {
    server.play =
        (_, answer) -> {
          if (answer.getQuestion().getType() == Type.TLSA) {
            answer.removeAllRecords(Section.ANSWER);
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
            signed.at(signed.origin, Type.SOA).forEach(r -> answer.addRecord(r, Section.AUTHORITY));
          }
          return List.of(answer.toWire());
        };
    assertThat(why(dns.tlsa("_25._tcp.mx.test"))).contains("DNSSEC");
  }

  @Test
  void aDenialWhoseKeysCannotBeHadIsAFailure() {
    server.play =
        (_, answer) -> {
          if (answer.getQuestion().getType() == Type.DNSKEY) {
            answer.removeAllRecords(Section.ANSWER);
            answer.getHeader().setRcode(Rcode.SERVFAIL);
          }
          return List.of(answer.toWire());
        };
    assertThat(why(dns.tlsa("_25._tcp.none.test"))).contains("SERVFAIL");
    assertThat(why(dns.txt("mx.test"))).contains("SERVFAIL");
    assertThat(why(dns.a("mx.test"))).contains("SERVFAIL");
  }

  @Test
  void anExpiredSignatureIsAFailure() {
    assertThat(secure(dns.a("mx.test"))).isTrue();
    time.pass(Duration.ofDays(11));
    assertThat(why(dns.a("mx.test"))).contains("DNSSEC");
  }

  @Test
  void anAnswerIsKeptNoLongerThanItsSignature() {
    time.pass(Duration.ofDays(10).minusSeconds(20));
    assertThat(secure(dns.a("mx.test"))).isTrue();
    time.pass(Duration.ofSeconds(21));
    assertThat(why(dns.a("mx.test"))).contains("DNSSEC");
  }

  @Test
  void anotherAnchorProvesNothing() {
    assertThat(why(resolver(new Zone(Name.root).key()).a("mx.test"))).contains("DNSSEC");
  }

  @Test
  void whatIsUnderNoAnchorIsNotSecure() {
    Dns island = resolver(new Zone(Name.fromConstantString("island.example.")).key());
    assertThat(secure(island.a("mx.test"))).isFalse();
  }

  @Test
  void signaturesAreThere() {
    assertThat(signed.at(Name.fromConstantString("mx.test."), Type.A))
        .hasAtLeastOneElementOfType(RRSIGRecord.class);
    assertThat(signed.denial(Name.fromConstantString("no.test.")))
        .hasAtLeastOneElementOfType(NSECRecord.class);
  }

  @Test
  void asManyAtOnceAsCome() throws InterruptedException {
    List<Thread> threads =
        java.util.stream.IntStream.range(0, 20)
            .mapToObj(i -> Thread.startVirtualThread(() -> dns.txt(i + ".wild.test")))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(dns.status().failed()).isZero();
    assertThat(secure(dns.txt("0.wild.test"))).isTrue();
  }
}

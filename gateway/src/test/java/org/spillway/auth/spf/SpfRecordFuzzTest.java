package org.spillway.auth.spf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import org.spillway.mail.Address;
import org.spillway.mail.Domain;
import org.spillway.mail.ReversePath;
import org.spillway.testing.FakeDns;

/** Any TXT record is read and evaluated without a throw, within the limits. */
final class SpfRecordFuzzTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  @FuzzTest
  void isReadAndEvaluated(FuzzedDataProvider data) {
    String[] clients = {"192.0.2.1", "2001:db8::1"};
    InetAddress client = InetAddress.ofLiteral(data.pickValue(clients));
    String helo = data.consumeString(60);
    String local = data.consumeString(60);
    String other = "v=spf1 " + data.consumeString(80);
    String text = "v=spf1" + data.consumeRemainingAsString();
    if (SpfRecord.parse(text) instanceof SpfRecord.Parsed.Bad(int at, String why)) {
      assertThat(at).isBetween(0, text.length());
      assertThat(why).isNotEmpty();
    }
    FakeDns dns = new FakeDns().txt("a.example", text).txt("b.example", other);
    dns.address("a.example", "192.0.2.1", "2001:db8::2").mx("a.example", 1, "b.example");
    dns.ptr(client.getHostAddress(), "x.a.example").address("x.a.example", "192.0.2.1");
    ReversePath from = ReversePath.of(new Address(local, new Domain("a.example")));
    SpfVerdict verdict =
        new Spf(dns, CLOCK, SpfSettings.usual("mx.example.com"))
            .verify(new SpfRequest(client, helo, from));
    assertThat(verdict.mailFrom().lookups()).isLessThanOrEqualTo(11);
    assertThat(dns.questions()).hasSizeLessThan(150);
    verdict
        .mailFrom()
        .explanation()
        .ifPresent(
            why -> {
              assertThat(why).hasSizeLessThanOrEqualTo(400);
              assertThat(why.chars()).allMatch(c -> c >= 0x20 && c < 0x7f);
            });
  }
}

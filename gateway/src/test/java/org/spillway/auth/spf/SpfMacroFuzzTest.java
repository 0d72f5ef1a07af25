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

/** Any text with macros is refused or expanded, into no more than may be. */
final class SpfMacroFuzzTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  @FuzzTest
  void isRefusedOrExpanded(FuzzedDataProvider data) {
    String[] clients = {"192.0.2.1", "2001:db8::1"};
    InetAddress client = InetAddress.ofLiteral(data.pickValue(clients));
    String helo = data.consumeString(300);
    Address from = new Address(data.consumeString(64), new Domain(data.consumeString(255)));
    String text = data.consumeRemainingAsString();
    Subject subject = Subject.mailFrom(new SpfRequest(client, helo, ReversePath.of(from)));
    FakeDns dns = new FakeDns().ptr(client.getHostAddress(), helo);
    Questions questions = new Questions(dns, CLOCK, Instant.EPOCH);
    Pointers pointers = new Pointers(questions, subject);
    MacroValues values = new MacroValues(subject, subject.domain(), pointers, "mx", CLOCK);
    switch (MacroText.explanation(text)) {
      case MacroText.Parsed.Good(MacroText macros) ->
          assertThat(macros.text(values, 400)).hasSizeLessThanOrEqualTo(400);
      case MacroText.Parsed.Bad(int at, String why) -> {
        assertThat(at).isBetween(0, text.length());
        assertThat(why).isNotEmpty();
      }
    }
    try {
      MacroReader.domain(text, 0, text.length())
          .host(values)
          .ifPresent(host -> assertThat(host.length()).isBetween(1, 253));
    } catch (MacroReader.Mistake mistake) {
      assertThat(mistake.at()).isBetween(0, text.length());
    }
  }
}

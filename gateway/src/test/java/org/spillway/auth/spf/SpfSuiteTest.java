package org.spillway.auth.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.spillway.mail.Address;
import org.spillway.mail.Domain;
import org.spillway.mail.ReversePath;
import org.spillway.testing.Peers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public suites for RFC 7208: every case of both, but for one record that the RFC refuses. */
final class SpfSuiteTest {
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z"));

  /**
   * The other suite takes {@code a:x}, {@code redirect=x} and the like for good. RFC 7208 §7.1 does
   * not: {@code domain-spec = macro-string domain-end} and {@code domain-end = ( "." toplabel [ "."
   * ] ) / macro-expand}, so that a name of one label without a dot is no domain-spec; the RFC 7208
   * suite says so too (a-only-toplabel).
   */
  private static final Map<String, String> REFUSED_BY_THE_RFC =
      Map.of(
          "V=spf1 all Include:example.org a ?a -a +a ~a a:x a:x/0 a:x/24//64 a:x//64 mx mx:x ptr"
              + " ptr:x IP4:10.0.0.1 ip4:0.0.0.0/0 ip4:10.0.0.1/24 ip6:2001:db8::1"
              + " ip6:2001:db8::1/128 exists:x REDIRECT=x exp=X Other=x",
          "the domain does not end in a dot and a top label");

  private static JsonNode suite(String file) {
    Path path = Peers.requireSuites().resolve("spf").resolve(file);
    return JsonMapper.shared().readTree(path.toFile());
  }

  @TestFactory
  Stream<DynamicTest> rfc7208() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode scenario : suite("rfc7208-tests.json")) {
      scenario
          .get("tests")
          .properties()
          .forEach(
              e ->
                  tests.add(
                      DynamicTest.dynamicTest(
                          scenario.get("id").asString() + " " + e.getKey(),
                          () -> run(scenario.get("zonedata"), e.getValue()))));
    }
    assertThat(tests).hasSize(203);
    return tests.stream();
  }

  private static void run(JsonNode zone, JsonNode test) {
    SuiteDns dns = new SuiteDns(zone);
    SpfRequest request =
        new SpfRequest(
            InetAddress.ofLiteral(test.get("host").asString()),
            test.get("helo").asString(),
            from(test.get("mailfrom").asString()));
    SpfResult result =
        new Spf(dns, NOW, SpfSettings.usual("receiver.example"))
            .check(request, SpfResult.Identity.MAIL_FROM);
    List<String> accepted = new ArrayList<>();
    test.get("result").forEach(r -> accepted.add(r.asString()));
    assertThat(result.word().toString()).as(result.toString()).isIn(accepted);
    assertThat(result.cause().text()).isNotEmpty();
    assertThat(dns.questions()).hasSizeLessThan(120);
    test.optional("explanation")
        .ifPresent(
            text -> assertThat(result.explanation().orElse("DEFAULT")).isEqualTo(text.asString()));
  }

  /** As the suite writes it: also what no SMTP server would take. */
  private static ReversePath from(String text) {
    int at = text.lastIndexOf('@');
    return at < 0
        ? ReversePath.NULL
        : ReversePath.of(
            new Address(
                text.substring(0, at),
                Domain.parse(text.substring(at + 1))
                    .orElseGet(() -> new Domain(text.substring(at + 1)))));
  }

  @TestFactory
  Stream<DynamicTest> recordSyntax() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode test : suite("record-syntax.json")) {
      String text = test.get("text").asString();
      boolean valid = test.get("valid").asBoolean();
      tests.add(DynamicTest.dynamicTest("'" + text + "'", () -> syntax(text, valid)));
    }
    assertThat(tests).hasSize(27);
    return tests.stream();
  }

  private static void syntax(String text, boolean valid) {
    switch (SpfRecord.parse(text)) {
      case SpfRecord.Parsed.Good _ -> assertThat(valid).as(text).isTrue();
      case SpfRecord.Parsed.Bad(int _, String why) ->
          assertThat(valid && !why.equals(REFUSED_BY_THE_RFC.get(text))).as(why).isFalse();
    }
  }
}

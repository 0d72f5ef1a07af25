package org.spillway.auth.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spillway.mail.Domain;
import org.spillway.mail.Network;
import org.spillway.testing.FakeDns;
import org.spillway.testing.Peers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The DMARC parts of the public message suite, over its zone. What SPF and DKIM say of each message
 * is given here, so that this test needs neither.
 */
class AuthCasesTest {
  /** Case to {@code spf domain result} or {@code dkim domain result}; none where not listed. */
  private static final Map<String, String> PROVED =
      Map.of(
          "dmarc-dmarc-none-pass-dkim", "dkim cacophony.za.org pass",
          "dmarc-dmarc-none-pass-spf", "spf spf.cacophony.za.org pass",
          "dmarc-dmarc-reject-fail", "spf example.net fail",
          "dmarc-dmarc-quarantine-fail", "spf example.net fail",
          "dmarc-dmarc-subdomain-fail-dkim-strict-alignment", "dkim mom.za.org pass",
          "dmarc-dmarc-subdomain-pass-dkim-relaxed-alignment", "dkim mom.za.org pass",
          "dmarc-dmarc-subdomain-pass-spf-strict-alignment", "spf yo.mom.za.org pass",
          "dmarc-dmarc-subdomain-fail-spf-strict-alignment", "spf mom.za.org pass",
          "dmarc-dmarc-subdomain-pass-spf-relaxed-alignment", "spf mom.za.org pass",
          "spf-spf-dnsfail-failed-include-unaligned", "spf fail2.org.org.za temperror");

  /**
   * my.mom.za.org has a record, mom.za.org has none. RFC 9989 §4.10.2: "select the DMARC Policy
   * Record found at the name with the fewest number of labels. This is the Organizational Domain",
   * so my.mom.za.org is its own; and for mom.za.org "if this process does not determine the
   * Organizational Domain, then the initial target domain is the Organizational Domain". The two
   * differ, so that relaxed alignment fails. The suite looks mom.za.org up in a public suffix list.
   */
  private static final Map<String, String> BY_TREE_WALK =
      Map.of(
          "dmarc-dmarc-subdomain-pass-dkim-relaxed-alignment", "fail reject",
          "dmarc-dmarc-subdomain-pass-spf-relaxed-alignment", "fail reject");

  /**
   * The records say pct=0. RFC 9989 appendix C.5.2 removes pct, and §4.7: "unknown tags MUST be
   * ignored". What the suite expects is what RFC 7489 §6.6.4 asks for, and passes by that rule.
   */
  private static final Map<String, String> WITHOUT_PERCENT =
      Map.of(
          "dmarc-dmarc-pct-zero-reject", "fail reject",
          "dmarc-dmarc-pct-zero-sp-quarantine", "fail quarantine");

  static Stream<JsonNode> cases() {
    Path file = Peers.requireSuites().resolve("authcases/rspamd.json");
    return new JsonMapper()
        .readTree(file.toFile())
        .valueStream()
        .filter(one -> one.get("expect").has("dmarc") || one.get("expect").has("dmarc_disp"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void byRfc7489(JsonNode one) throws IOException {
    check(one, Rules.RFC7489, BY_TREE_WALK);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void byRfc9989(JsonNode one) throws IOException {
    Map<String, String> exceptions = new java.util.HashMap<>(BY_TREE_WALK);
    exceptions.putAll(WITHOUT_PERCENT);
    check(one, Rules.RFC9989, exceptions);
  }

  private static void check(JsonNode one, Rules rules, Map<String, String> exceptions)
      throws IOException {
    String id = one.get("id").stringValue();
    DmarcResult result = evaluate(one, id, rules);
    String got = result.word().text() + " " + result.applied().word();
    if (exceptions.containsKey(id)) {
      assertThat(got).isEqualTo(exceptions.get(id));
      return;
    }
    JsonNode expect = one.get("expect");
    if (expect.has("dmarc")) {
      assertThat(words(expect.get("dmarc"))).contains(result.word().text());
    }
    if (expect.has("dmarc_disp")) {
      assertThat(words(expect.get("dmarc_disp"))).contains(result.applied().word());
    }
  }

  private static DmarcResult evaluate(JsonNode one, String id, Rules rules) throws IOException {
    Path folder = Peers.requireSuites().resolve("authcases");
    String[] proved = PROVED.getOrDefault(id, "none . .").split(" ");
    Optional<SpfIdentity> spf = Optional.empty();
    List<DkimIdentity> dkim = List.of();
    if (proved[0].equals("spf")) {
      spf = Optional.of(new SpfIdentity(new Domain(proved[1]), proved[2]));
    } else if (proved[0].equals("dkim")) {
      dkim = List.of(new DkimIdentity(new Domain(proved[1]), "s", proved[2]));
    }
    String message =
        Files.readString(
            folder.resolve(one.get("message").stringValue()), StandardCharsets.ISO_8859_1);
    AuthorDomain author = AuthorDomain.of(fromFields(message));
    FakeDns dns = zone(folder.resolve(one.get("zone_file").stringValue()));
    Dmarc dmarc = new Dmarc(dns, new DmarcSettings(rules, 10), new Random(1));
    return DmarcResult.strictest(dmarc.evaluate(author, spf, dkim));
  }

  private static List<String> fromFields(String message) {
    String header = message.split("\r?\n\r?\n", 2)[0].replaceAll("\r?\n[ \t]", " ");
    return header
        .lines()
        .filter(line -> line.regionMatches(true, 0, "from:", 0, 5))
        .map(line -> line.substring(5))
        .toList();
  }

  /** Only what DMARC asks: TXT, addresses, and what fails. */
  private static FakeDns zone(Path file) {
    FakeDns dns = new FakeDns();
    JsonNode zone = new JsonMapper().readTree(file.toFile()).get("zonedata");
    zone.propertyStream()
        .forEach(name -> name.getValue().valueStream().forEach(r -> add(dns, name.getKey(), r)));
    return dns;
  }

  private static void add(FakeDns dns, String name, JsonNode record) {
    if (record.isString()) {
      if (record.stringValue().matches("TIMEOUT|SERVFAIL")) {
        dns.fail(name, record.stringValue());
      }
    } else if (record.has("TXT") && record.get("TXT").isString()) {
      String text = record.get("TXT").stringValue();
      if (text.equals("TIMEOUT")) {
        dns.fail(name, text);
      } else {
        dns.txt(name, text);
      }
    } else if (record.has("A") && Network.parse(record.get("A").stringValue()).isPresent()) {
      dns.address(name, record.get("A").stringValue());
    }
  }

  private static List<String> words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.valueStream().forEach(word -> words.add(word.stringValue()));
    return words;
  }
}

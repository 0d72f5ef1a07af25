package org.spillway.auth.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spillway.testing.Peers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public record suite, 41 cases, under both rules. */
class RecordSuiteTest {
  /**
   * The one case of RFC 7489 that RFC 9989 reads otherwise. §6.4 of the former asks that p follow
   * v; §4.8 of the latter has {@code dmarc-record = dmarc-version *(dmarc-sep dmarc-tag)
   * [dmarc-sep]}: after v the tags stand in any order.
   */
  private static final Set<String> FREE_ORDER = Set.of("v=DMARC1; sp=reject; p=reject");

  static Stream<JsonNode> cases() {
    Path file = Peers.requireSuites().resolve("dmarc/record-syntax.json");
    return new JsonMapper().readTree(file.toFile()).valueStream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void byRfc7489(JsonNode one) {
    assertThat(isValid(one, Rules.RFC7489)).isEqualTo(one.get("valid").booleanValue());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void byRfc9989(JsonNode one) {
    boolean expected =
        one.get("valid").booleanValue() || FREE_ORDER.contains(one.get("text").stringValue());
    assertThat(isValid(one, Rules.RFC9989)).isEqualTo(expected);
  }

  private static boolean isValid(JsonNode one, Rules rules) {
    return DmarcRecord.parse(one.get("text").stringValue(), rules) instanceof DmarcRecord.Valid;
  }
}

package org.spillway.deliver.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.testing.Peers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Records and policies: the public suite where it is there, and cases of our own. */
final class StsSyntaxTest {
  private static final String ENFORCE =
      "version: STSv1\nmode: enforce\nmx: mail.example.com\nmx: *.example.net\nmax_age: 604800\n";

  private static boolean isRecord(String text) {
    return StsRecord.parse(text) instanceof StsRecord.Parsed.Valid;
  }

  private static boolean isPolicy(String text) {
    return StsPolicy.parse(text) instanceof StsPolicy.Parsed.Valid;
  }

  private static StsPolicy policy(String text) {
    return ((StsPolicy.Parsed.Valid) StsPolicy.parse(text)).policy();
  }

  @Test
  void thePublicSuite() throws IOException {
    Path file = Peers.requireSuites().resolve("tls/mta-sts-syntax.json");
    int cases = 0;
    for (JsonNode each : JsonMapper.builder().build().readTree(Files.readString(file))) {
      String text = each.get("text").asString();
      boolean valid =
          each.get("group").asString().equals("TestRecord") ? isRecord(text) : isPolicy(text);
      assertThat(valid).as(each.toString()).isEqualTo(each.get("valid").asBoolean());
      cases++;
    }
    assertThat(cases).isEqualTo(42);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=STSv1; id=20160831085700Z;",
        "v=STSv1;id=a",
        "v=STSv1; a.b-c_d=x; id=1",
        "v=STSv1 ; id = a ;",
        "v=STSv1; id=a; id=b"
      })
  void records(String text) {
    assertThat(isRecord(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v=STSv1",
        "v=STSv1;",
        "v=STSv1; id=",
        "v=STSv1; id=a;;",
        "V=STSv1; id=a",
        "v=STSv1; id=a b",
        "v=STSv1; ID",
        "v=STSv1; id=a; x=é",
        " v=STSv1; id=a"
      })
  void noRecords(String text) {
    assertThat(isRecord(text)).isFalse();
  }

  @Test
  void oneRecordAmongOtherTexts() {
    String ours = "v=STSv1; id=a";
    assertThat(StsRecord.among(List.of())).isInstanceOf(StsRecord.Parsed.Absent.class);
    assertThat(StsRecord.among(List.of("v=spf1", "v=STSv10; id=a")))
        .isInstanceOf(StsRecord.Parsed.Absent.class);
    assertThat(StsRecord.among(List.of("x", ours)))
        .isEqualTo(new StsRecord.Parsed.Valid(new StsRecord("a")));
    assertThat(StsRecord.among(List.of(ours, ours))).isInstanceOf(StsRecord.Parsed.Invalid.class);
  }

  @ParameterizedTest
  @CsvSource({
    "mail.example.com,true",
    "MAIL.Example.COM,true",
    "a.example.net,true",
    "example.net,false",
    "a.b.example.net,false",
    "mail.example.org,false",
    "xmail.example.com,false",
    "'',false"
  })
  void hosts(String host, boolean allowed) {
    assertThat(policy(ENFORCE).matches(host)).isEqualTo(allowed);
  }

  @Test
  void theFirstOfRepeatedFieldsCounts() {
    StsPolicy policy = policy("version: STSv1\nmode: none\nmode: enforce\nmax_age: 1\nmax_age: 2");
    assertThat(policy.mode()).isEqualTo(StsPolicy.Mode.NONE);
    assertThat(policy.maxAge()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aYearAndADayIsTheLongest() {
    assertThat(policy("version: STSv1\nmode: none\nmax_age: 9999999999").maxAge())
        .isEqualTo(Duration.ofSeconds(31_557_600));
  }

  @Test
  void emptyLinesAtTheEndHarmNobodyButNotWithin() {
    assertThat(isPolicy(ENFORCE + "\r\n\n")).isTrue();
    assertThat(isPolicy(ENFORCE.replace("mode", "\nmode"))).isFalse();
    assertThat(isPolicy(ENFORCE.replace("mode", "Mode"))).as("names are exact").isFalse();
    assertThat(isPolicy("\ufeff" + ENFORCE)).isFalse();
  }
}

package org.spillway.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Any field is read without a throw; what was understood is written safely and read back alike. */
final class AuthReportFuzzTest {
  private static final ForgedResults FORGED = new ForgedResults(List.of("mx.example.com"));

  @FuzzTest
  void readsWritesAndReadsAgain(FuzzedDataProvider data) {
    boolean utf8 = data.consumeBoolean();
    String text = data.consumeRemainingAsString();
    AuthReport.parseArc(text);
    boolean forged = FORGED.isForged(AuthReport.FIELD, text);
    switch (AuthReport.parse(text)) {
      case AuthReport.Parsed.Bad(var id, int at, String why) -> {
        assertThat(at).isBetween(0, Math.max(text.length(), 0));
        assertThat(why).isNotEmpty();
        assertThat(forged || id.isPresent()).isTrue();
      }
      case AuthReport.Parsed.Good(AuthReport report, int _) -> {
        AuthReport once = written(report, utf8);
        assertThat(written(once, utf8)).isEqualTo(once);
      }
    }
  }

  private static AuthReport written(AuthReport report, boolean utf8) {
    String field = report.field(utf8);
    assertThat(field.lines()).allMatch(line -> line.getBytes(UTF_8).length < 998);
    assertThat(field.lines().skip(1)).allMatch(line -> line.startsWith("\t"));
    assertThat(field.chars().allMatch(c -> utf8 || c < 0x80)).isTrue();
    String value = field.substring(field.indexOf(':') + 1);
    return switch (AuthReport.parse(value)) {
      case AuthReport.Parsed.Good(AuthReport again, int _) -> again;
      case AuthReport.Parsed.Bad bad -> throw new AssertionError(bad + " in " + field);
    };
  }
}

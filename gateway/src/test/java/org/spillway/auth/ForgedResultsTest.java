package org.spillway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8601 §5: what claims to be ours goes, what others say stays. */
final class ForgedResultsTest {
  private final ForgedResults forged =
      new ForgedResults(List.of("mx.example.com", "Bücher.example"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mx.example.com; spf=pass",
        " MX.Example.COM; spf=pass",
        "\r\n\tmx.example.com;\r\n\tspf=pass",
        "(a (nested) comment) mx.example.com (x); spf=pass",
        "\"mx.example.com\"; spf=pass",
        "\"mx\\.example.com\"; spf=pass",
        "mx.example.com.; spf=pass",
        "mx.example.com 1; spf=pass",
        "mx.example.com 99; whatever=pass",
        "mx.example.com; none",
        "bücher.example; spf=pass",
        "xn--bcher-kva.example; spf=pass",
        "XN--BCHER-KVA.example; spf=pass",
        "BÜCHER.example; spf=pass",
      })
  void claimsToBeOurs(String value) {
    assertThat(forged.isForged("authentication-results", value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mx.example.com",
        "mx.example.com spf=pass",
        "mx.example.com/1; spf=pass",
        "mx.exa\r\n mple.com; spf=pass",
        "=?utf-8?q?mx.example.com?=; spf=pass",
        "other.example (; mx.example.com; spf=pass",
        "other.example @ bü\"cher.example; spf=pass",
        "(((((",
      })
  void cannotBeUnderstoodAndMayClaim(String value) {
    assertThat(forged.isForged("Authentication-Results", value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "other.example; spf=pass",
        "other.example; spf=pass smtp.helo=mx.example.com",
        "mx.example.com.evil.example; spf=pass",
        "amx.example.com; spf=pass",
        "example.com; spf=pass",
        "other.example; spf",
      })
  void isSomeoneElses(String value) {
    assertThat(forged.isForged("Authentication-Results", value)).isFalse();
  }

  @Test
  void otherFieldsAreLeftAlone() {
    String value = "i=1; mx.example.com; spf=pass";
    assertThat(forged.isForged("ARC-Authentication-Results", value)).isFalse();
    assertThat(forged.isForged("X-Authentication-Results", value)).isFalse();
    assertThat(forged.isForged("Authentication-Results ", "mx.example.com; none")).isTrue();
  }

  @Test
  void fieldsOfAMessage() {
    byte[] section =
        ("Received: x\r\n"
                + "Authentication-Results: other.example; none\r\n"
                + "AUTHENTICATION-RESULTS :\r\n"
                + "\tmx.example.com; spf=pass\r\n"
                + "Subject: mx.example.com\r\n"
                + "Authentication-Results: b\u00fccher.example;dkim=pass\r\n\r\n")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    List<Field> found = forged.among(Fields.of(section, section.length));
    assertThat(found)
        .extracting(Field::value)
        .containsExactly("mx.example.com; spf=pass", "b\u00fccher.example;dkim=pass");
  }
}

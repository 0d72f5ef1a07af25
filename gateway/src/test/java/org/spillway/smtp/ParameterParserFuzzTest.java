package org.spillway.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Parameters are read or refused, never thrown at. */
class ParameterParserFuzzTest {
  @FuzzTest
  void anyText(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    if (ParameterParser.mail(text) instanceof Parsed.Bad<MailParameters> bad) {
      assertThat(bad.reply().code()).isIn(501, 504, 555);
    }
    if (ParameterParser.rcpt(text) instanceof Parsed.Bad<RcptParameters> bad) {
      assertThat(bad.reply().code()).isIn(501, 555);
    }
    Xtext.decode(text).ifPresent(p -> assertThat(p.chars()).noneMatch(c -> c < ' '));
    Sasl.plain(text);
  }
}

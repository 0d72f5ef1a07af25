package org.spillway.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** The small parsers of the mail package against any text. */
class MailValuesFuzzTest {
  @FuzzTest
  void nothingMakesAParserThrow(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    Address.parse(text).ifPresent(a -> assertThat(Address.parse(a.toString())).contains(a));
    Domain.parse(text).ifPresent(d -> assertThat(d.unicode()).isNotEmpty());
    Network.parse(text);
    AddressLiteral.ip(text);
    EntryId.parse(text);
    Status.leading(text);
  }
}

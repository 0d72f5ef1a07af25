package org.spillway.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;

/** Any bytes can be walked as a header section, and gathered in any pieces. */
class HeaderFieldsFuzzTest {
  @FuzzTest
  void anyBytes(FuzzedDataProvider data) {
    int piece = data.consumeInt(1, 9);
    byte[] bytes = data.consumeRemainingAsBytes();
    HeaderBuffer whole = gather(bytes, Math.max(1, bytes.length));
    HeaderBuffer cut = gather(bytes, piece);
    assertThat(cut.length()).isEqualTo(whole.length());
    assertThat(cut.isComplete()).isEqualTo(whole.isComplete());
    assertThat(cut.isMissing()).isEqualTo(whole.isMissing());
    List<String> names = new ArrayList<>();
    HeaderFields.visit(
        whole.bytes(), whole.length(), (name, value) -> names.add(name + value.get()));
    assertThat(names).noneMatch(String::isEmpty);
    FactsCollector facts = new FactsCollector();
    facts.headers(whole.bytes(), whole.length());
    assertThat(facts.facts(0, 0).receivedHops()).isLessThanOrEqualTo(names.size());
  }

  private static HeaderBuffer gather(byte[] bytes, int piece) {
    HeaderBuffer buffer = new HeaderBuffer();
    for (int at = 0; at < bytes.length && !buffer.isComplete(); at += piece) {
      buffer.take(bytes, at, Math.min(piece, bytes.length - at));
    }
    return buffer;
  }
}

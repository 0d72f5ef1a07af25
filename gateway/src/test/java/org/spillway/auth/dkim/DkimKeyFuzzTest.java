package org.spillway.auth.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Base64;

/** Any record is a key or a reason why not; so is any DER in p=. */
class DkimKeyFuzzTest {
  @FuzzTest
  void anyRecord(FuzzedDataProvider data) {
    boolean coded = data.consumeBoolean();
    byte[] rest = data.consumeRemainingAsBytes();
    String text =
        coded
            ? "v=DKIM1; p=" + Base64.getEncoder().encodeToString(rest)
            : new String(rest, java.nio.charset.StandardCharsets.ISO_8859_1);
    switch (DkimKey.parse(text, Letters.ENGINE)) {
      case DkimKey.Reading.Good(DkimKey key) -> assertThat(key.bits()).isBetween(1, 8192);
      case DkimKey.Reading.Bad(DkimCause cause, String detail) -> {
        assertThat(cause.word()).isNotEqualTo(DkimResult.Word.PASS);
        assertThat(detail).isNotEmpty();
      }
    }
  }
}

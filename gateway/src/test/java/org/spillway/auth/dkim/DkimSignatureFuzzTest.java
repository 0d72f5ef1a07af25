package org.spillway.auth.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.spillway.auth.AuthCases;
import org.spillway.testing.FakeDns;

/** Any signature field over any message has a result, and never a pass. */
class DkimSignatureFuzzTest {
  private static final FakeDns DNS = Letters.dns();

  @FuzzTest
  void anyMessage(FuzzedDataProvider data) {
    boolean whole = data.consumeBoolean();
    byte[] rest = data.consumeRemainingAsBytes();
    String text = new String(rest, java.nio.charset.StandardCharsets.ISO_8859_1);
    String start = "DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=r; ";
    byte[] bytes =
        ((whole ? "DKIM-Signature:" : start) + text)
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    for (DkimResult result :
        Letters.verified(Letters.verifier(), new AuthCases.Bytes(bytes), DNS)) {
      assertThat(result.isPass()).isFalse();
      assertThat(result.prefix().length()).isLessThanOrEqualTo(8);
    }
  }
}

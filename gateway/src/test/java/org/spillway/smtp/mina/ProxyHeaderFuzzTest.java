package org.spillway.smtp.mina;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Any bytes are a header, the start of one, or none; and stay so however many follow. */
class ProxyHeaderFuzzTest {
  private static final byte[] TWO = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};

  @FuzzTest
  void anyBytes(FuzzedDataProvider data) {
    byte[] start =
        data.pickValue(new byte[][] {{}, "PROXY ".getBytes(StandardCharsets.US_ASCII), TWO});
    byte[] rest = data.consumeRemainingAsBytes();
    byte[] bytes = java.util.Arrays.copyOf(start, start.length + rest.length);
    System.arraycopy(rest, 0, bytes, start.length, rest.length);
    ProxyHeader.Result whole = ProxyHeader.parse(bytes, bytes.length);
    for (int length = 0; length < bytes.length; length++) {
      ProxyHeader.Result part = ProxyHeader.parse(bytes, length);
      assertThat(part instanceof ProxyHeader.Result.More || part.equals(whole)).isTrue();
    }
    if (whole instanceof ProxyHeader.Result.Header header) {
      assertThat(header.length()).isPositive().isLessThanOrEqualTo(bytes.length);
    }
  }
}

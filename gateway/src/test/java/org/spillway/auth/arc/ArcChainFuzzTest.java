package org.spillway.auth.arc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.spillway.auth.AuthCases;
import org.spillway.auth.dkim.DkimSettings;
import org.spillway.auth.dkim.PublishedKeys;
import org.spillway.auth.dkim.SignatureEngine;
import org.spillway.testing.FakeDns;

/** Any header has a chain, none, or a reason; what nobody signed never passes. */
class ArcChainFuzzTest {
  private static final ArcVerifier VERIFIER =
      new ArcVerifier(
          DkimSettings.USUAL,
          new PublishedKeys(SignatureEngine.fastest()),
          InstantSource.fixed(AuthCases.NOW));

  @FuzzTest
  void anyHeader(FuzzedDataProvider data) throws IOException {
    int sets = data.consumeInt(0, 3);
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= sets; i++) {
      text.append("ARC-Seal: i=").append(i).append("; ").append(data.consumeString(60));
      text.append("\r\nARC-Message-Signature: i=").append(i).append("; ");
      text.append(data.consumeString(60));
      text.append("\r\nARC-Authentication-Results: i=").append(i).append("; x\r\n");
    }
    text.append(data.consumeRemainingAsString());
    ArcResult result =
        VERIFIER.verify(
            new AuthCases.Bytes(text.toString().getBytes(StandardCharsets.UTF_8)),
            new FakeDns().txt("s._domainkey.d", "v=DKIM1; p="));
    assertThat(result.state()).isNotEqualTo(ArcResult.State.PASS);
    assertThat(result.highest()).isBetween(0, 99);
  }
}

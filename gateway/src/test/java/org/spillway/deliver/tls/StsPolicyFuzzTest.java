package org.spillway.deliver.tls;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a web server serves, it is a policy that reads back the same, or none. */
final class StsPolicyFuzzTest {
  @FuzzTest
  void neverThrows(FuzzedDataProvider data) {
    String prefix = data.consumeBoolean() ? "version: STSv1\nmode: enforce\nmax_age: 9\n" : "";
    String body = prefix + data.consumeRemainingAsString();
    if (StsPolicy.parse(body) instanceof StsPolicy.Parsed.Valid(StsPolicy policy)) {
      boolean same =
          StsPolicy.parse(policy.text()) instanceof StsPolicy.Parsed.Valid(StsPolicy again)
              && again.equals(policy);
      if (!same || policy.maxAge().isNegative()) {
        throw new AssertionError(policy.toString());
      }
      policy.matches("mx.example.com");
      policy.matches("");
    }
  }
}

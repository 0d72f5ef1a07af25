package org.spillway.auth.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spillway.auth.AuthCases;
import org.spillway.auth.dkim.DkimSettings;
import org.spillway.auth.dkim.PublishedKeys;
import org.spillway.auth.dkim.SignatureEngine;

/** Every case of the public suite of chain validation, without exception. */
class ArcSuiteTest {
  private static final PublishedKeys KEYS = new PublishedKeys(SignatureEngine.fastest());

  static List<AuthCases.Case> cases() {
    return AuthCases.read("arc-valimail-validate.json");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAsTheSuiteExpects(AuthCases.Case one) throws IOException {
    ArcResult result =
        new ArcVerifier(DkimSettings.USUAL, KEYS, InstantSource.fixed(one.now()))
            .verify(one.message(), one.dns());
    assertThat(one.expect("arc"))
        .as("%s: %s", result.cause(), result.detail())
        .contains(result.state().text());
  }
}

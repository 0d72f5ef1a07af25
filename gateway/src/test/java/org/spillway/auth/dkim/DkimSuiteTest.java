package org.spillway.auth.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spillway.auth.AuthCases;

/** Every case of the public DKIM suites, with one exception that is argued here. */
class DkimSuiteTest {
  private static final PublishedKeys KEYS = new PublishedKeys(SignatureEngine.fastest());

  static Stream<AuthCases.Case> cases() {
    return Stream.of("dkim-mailperl.json", "dkim-lieser.json", "dkim-chasquid.json")
        .flatMap(file -> AuthCases.read(file).stream());
  }

  /**
   * mailperl multiple_2 expects a pass, and its only good signature is rsa-sha1. RFC 8301 §3.1:
   * "Signers MUST NOT use rsa-sha1 [...] DKIM signatures identified as having been signed with
   * historic algorithms (currently, rsa-sha1) have permanently failed evaluation". Its other three
   * are broken on purpose.
   */
  private static final String HISTORIC = "multiple_2";

  @ParameterizedTest
  @MethodSource("cases")
  void isAsTheSuiteExpects(AuthCases.Case one) throws IOException {
    DkimVerifier verifier =
        new DkimVerifier(DkimSettings.USUAL, KEYS, InstantSource.fixed(one.now()));
    List<DkimResult> results = verifier.verify(one.message(), one.dns());
    if (one.id().equals(HISTORIC)) {
      assertThat(results)
          .extracting(DkimResult::cause)
          .containsExactly(DkimCause.SHA1, DkimCause.SHA1, DkimCause.SHA1, DkimCause.SYNTAX);
      return;
    }
    assertThat(one.expect("dkim")).as("%s", results).contains(DkimResult.overall(results).text());
  }
}

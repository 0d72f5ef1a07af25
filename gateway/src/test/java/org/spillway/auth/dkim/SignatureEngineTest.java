package org.spillway.auth.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spillway.auth.dkim.keys.KeyMaterial;

/** The native engine and the JDK's verify each other's signatures. */
class SignatureEngineTest {
  private static final byte[] DATA = "some header\r\n".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void enginesAgree(Algorithm algorithm) {
    SignatureEngine one = SignatureEngine.fastest();
    SignatureEngine other = SignatureEngine.jdk();
    assertThat(other.isNative()).isFalse();
    KeyMaterial made = KeyMaterial.generate(algorithm, one);
    KeyMaterial same = KeyMaterial.of(made.pkcs8(), other).orElseThrow();
    assertThat(same).isEqualTo(made).hasSameHashCodeAs(made);
    byte[] byOne = one.sign(algorithm, made.key(), DATA);
    byte[] byOther = other.sign(algorithm, same.key(), DATA);
    assertThat(byOne).isEqualTo(byOther); // both kinds are deterministic
    for (SignatureEngine engine : new SignatureEngine[] {one, other}) {
      DkimKey key = ((DkimKey.Reading.Good) DkimKey.parse(made.record(), engine)).key();
      assertThat(engine.verify(algorithm, key.key(), DATA, byOne)).isTrue();
      assertThat(engine.verify(algorithm, key.key(), new byte[3], byOne)).isFalse();
      assertThat(engine.verify(algorithm, key.key(), DATA, new byte[0])).isFalse();
      assertThat(engine.verify(algorithm, key.key(), DATA, new byte[256])).isFalse();
    }
  }
}

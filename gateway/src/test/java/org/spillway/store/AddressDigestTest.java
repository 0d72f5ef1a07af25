package org.spillway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AddressDigestTest {
  @Test
  void neverForgetsAndSeldomErrs() {
    for (int size : new int[] {1, 2, 10, 1000, 5000}) {
      List<String> keys = IntStream.range(0, size).mapToObj(i -> "u" + i + "@x.example").toList();
      String digest = AddressDigest.of(keys);
      assertThat(keys).allMatch(key -> AddressDigest.mayHold(digest, key));
      long wrong =
          IntStream.range(0, 2000)
              .filter(i -> AddressDigest.mayHold(digest, "other" + i + "@y.example"))
              .count();
      assertThat(wrong).as("of 2000 with " + size + " keys").isLessThan(40);
      assertThat(digest.length()).isLessThan(30_000);
    }
  }

  @Test
  void aBrokenDigestHidesNothing() {
    assertThat(AddressDigest.mayHold("not base64!", "a@b.example")).isTrue();
    assertThat(AddressDigest.mayHold("", "a@b.example")).isTrue();
  }
}

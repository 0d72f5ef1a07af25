package org.spillway.report.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any mail, any archive: opened within the limits or refused, never thrown at. */
class ParcelFuzzTest {
  private static final ParcelLimits LIMITS = new ParcelLimits(1 << 20, 1 << 20, 100, 10);

  @FuzzTest
  void anyBytes(FuzzedDataProvider data) {
    switch (Parcel.open(data.consumeRemainingAsBytes(), LIMITS)) {
      case Parcel.Opened opened -> {
        long total = opened.items().stream().mapToLong(item -> item.bytes().length).sum();
        assertThat(total).isLessThanOrEqualTo(3L << 20);
        opened.items().forEach(Item::kind);
      }
      case Parcel.Refused refused -> assertThat(refused.why()).isNotEmpty();
    }
  }
}

package org.spillway.report.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.spillway.report.parcel.Parcel;
import org.spillway.report.parcel.ParcelLimits;

/** Any JSON, any mail: read or refused, and what was read can be written again. */
class TlsReportFuzzTest {
  private static final ParcelLimits LIMITS = new ParcelLimits(1 << 20, 1 << 20, 100, 10);

  @FuzzTest
  void anyReport(FuzzedDataProvider data) {
    byte[] bytes = data.consumeRemainingAsBytes();
    for (TlsIngest.Outcome outcome : TlsIngest.read(Parcel.open(bytes, LIMITS))) {
      switch (outcome) {
        case TlsIngest.Taken taken -> {
          byte[] json = TlsReportJson.write(taken.report());
          assertThat(TlsIngest.read(Parcel.open(json, LIMITS)).getFirst())
              .isInstanceOfSatisfying(
                  TlsIngest.Taken.class,
                  again -> assertThat(again.report().failed()).isEqualTo(taken.report().failed()));
        }
        case TlsIngest.Refused refused ->
            assertThat(refused.why().chars()).allMatch(c -> c >= ' ' && c < 0x7f);
      }
    }
  }
}

package org.spillway.report.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.spillway.report.parcel.Parcel;
import org.spillway.report.parcel.ParcelLimits;

/** Any XML, any mail: read or refused, and what was read can be written as a report again. */
class AggregateFuzzTest {
  private static final ParcelLimits LIMITS = new ParcelLimits(1 << 20, 1 << 20, 100, 10);

  @FuzzTest
  void anyReport(FuzzedDataProvider data) {
    byte[] bytes = data.consumeRemainingAsBytes();
    for (Ingested read : new DmarcIngest(LIMITS).read(Parcel.open(bytes, LIMITS))) {
      switch (read) {
        case Ingested.Aggregate(AggregateReport report, List<String> remarks) -> {
          assertThat(report.rows()).isNotEmpty();
          assertThat(report.messages()).isNotNegative();
          assertThat(remarks).allMatch(said -> said.chars().allMatch(c -> c >= ' ' && c < 0x7f));
          List<Ingested> again =
              new DmarcIngest(LIMITS).read(Parcel.open(AggregateXml.write(report), LIMITS));
          assertThat(again.getFirst())
              .isInstanceOfSatisfying(
                  Ingested.Aggregate.class,
                  second -> assertThat(second.report().messages()).isEqualTo(report.messages()));
        }
        case Ingested.Failure failure -> assertThat(failure.report().incidents()).isPositive();
        case Ingested.Refused refused ->
            assertThat(refused.why().chars()).allMatch(c -> c >= ' ' && c < 0x7f);
      }
    }
  }
}

package org.spillway.deliver.tls;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Whatever stands at {@code _mta-sts}, it is a record with a clean id, or none. */
final class StsRecordFuzzTest {
  @FuzzTest
  void neverThrows(FuzzedDataProvider data) {
    String prefix = data.consumeBoolean() ? "v=STSv1;" : "";
    String text = prefix + data.consumeRemainingAsString();
    StsRecord.among(List.of(text, "v=spf1 -all"));
    if (StsRecord.parse(text) instanceof StsRecord.Parsed.Valid(StsRecord record)
        && !record.id().matches("[A-Za-z0-9]{1,32}")) {
      throw new AssertionError(record.id());
    }
  }
}

package org.spillway.report.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any TXT record is read or refused. */
class TlsRptRecordFuzzTest {
  @FuzzTest
  void anyRecord(FuzzedDataProvider data) {
    String rest = data.consumeRemainingAsString();
    for (String text : new String[] {rest, "v=TLSRPTv1;" + rest, "v=TLSRPTv1; rua=" + rest}) {
      switch (TlsRptRecord.parse(text)) {
        case TlsRptRecord.Valid(TlsRptRecord record) ->
            assertThat(record.rua().size()).isBetween(1, 20);
        case TlsRptRecord.Invalid invalid -> assertThat(invalid.why()).isNotEmpty();
        case TlsRptRecord.Absent absent -> assertThat(absent.why()).isNotEmpty();
        case TlsRptRecord.Unanswered unanswered -> throw new AssertionError(unanswered);
      }
    }
  }
}

package org.spillway.auth.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any TXT record is read, and what is said of it can stand in a log and a report. */
class DmarcRecordFuzzTest {
  @FuzzTest
  void anyRecord(FuzzedDataProvider data) {
    Rules rules = data.pickValue(Rules.values());
    String rest = data.consumeRemainingAsString();
    for (String text : new String[] {rest, "v=DMARC1;" + rest, "v=DMARC1;p=none;rua=" + rest}) {
      switch (DmarcRecord.parse(text, rules)) {
        case DmarcRecord.Valid(DmarcRecord record) -> {
          assertThat(record.percent()).isBetween(0, 100);
          assertThat(record.rua().size()).isLessThanOrEqualTo(20);
          for (String remark : record.remarks()) {
            assertThat(remark.chars()).allMatch(c -> c >= ' ' && c < 0x7f);
          }
        }
        case DmarcRecord.Invalid invalid -> assertThat(invalid.why()).isNotEmpty();
        case DmarcRecord.Foreign foreign -> assertThat(foreign.why()).isNotEmpty();
      }
    }
  }
}

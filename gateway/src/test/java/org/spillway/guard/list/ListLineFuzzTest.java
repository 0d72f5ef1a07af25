package org.spillway.guard.list;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any line reads, and what was read is written so that it reads the same. */
class ListLineFuzzTest {
  @FuzzTest
  void anyLine(FuzzedDataProvider data) {
    String start = data.pickValue(new String[] {"", "deny ", "allow 192.0.2.0/24 never ann "});
    if (ListLine.parse(start + data.consumeRemainingAsString())
        instanceof ListLine.Good(ListEntry entry)) {
      assertThat(ListLine.parse(ListLine.of(entry))).isEqualTo(new ListLine.Good(entry));
    }
  }
}

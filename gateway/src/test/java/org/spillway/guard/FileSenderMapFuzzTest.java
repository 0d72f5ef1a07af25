package org.spillway.guard;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any line of a sender map is good or has a fault. */
class FileSenderMapFuzzTest {
  @FuzzTest
  void anyLine(FuzzedDataProvider data) {
    String start = data.pickValue(new String[] {"", "alice: ", "bob: @"});
    var _ = FileSenderMap.fault(start + data.consumeRemainingAsString());
  }
}

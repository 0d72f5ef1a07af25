package org.spillway.smtp.client;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Whatever the message, the survey never throws, and where it sees no obstacle 7 bits come out. */
final class SevenBitFuzzTest {
  @FuzzTest
  void sevenBitsComeOut(byte[] message) throws IOException {
    SevenBit sevenBit = SevenBit.survey(new ByteArrayInputStream(message));
    if (sevenBit.obstacle().isPresent()) {
      return;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sevenBit.copy(new ByteArrayInputStream(message), out);
    for (byte b : out.toByteArray()) {
      if (b < 0) {
        throw new AssertionError("a byte above 127 came out");
      }
    }
  }
}

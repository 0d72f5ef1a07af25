package org.spillway.spool.code;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/** No bytes make a decoder of the spool throw anything but its own complaint. */
final class CodecFuzzTest {
  @FuzzTest
  void throwsNothingButItsOwn(byte[] bytes) {
    try {
      AcceptedCodec.decode(ByteBuffer.wrap(bytes));
    } catch (Malformed expected) {
      // Said in words.
    }
    try {
      State.decode(ByteBuffer.wrap(bytes));
    } catch (Malformed expected) {
      // Said in words.
    }
    try {
      Attempt.decode(ByteBuffer.wrap(bytes));
    } catch (Malformed expected) {
      // Said in words.
    }
  }
}

package org.spillway.smtp.client;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/** Whatever a peer sends, the reader takes it all and never throws. */
final class ReplyReaderFuzzTest {
  @FuzzTest
  void neverThrows(byte[] bytes) {
    ReplyReader reader = new ReplyReader();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (reader.take(buffer) instanceof ReplyReader.Result.Whole(var reply)) {
        boolean odd = reply.code() < 200 || reply.code() > 599 || reply.toString().contains("\n");
        if (odd) {
          throw new AssertionError(reply.toString());
        }
        Capabilities peer = Capabilities.of(reply);
        peer.sizeBytes();
        peer.mechanisms();
        peer.recipients();
      }
    }
  }
}

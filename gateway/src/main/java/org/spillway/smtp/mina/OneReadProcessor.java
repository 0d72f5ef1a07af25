package org.spillway.smtp.mina;

import java.util.concurrent.Executor;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.transport.socket.nio.NioProcessor;
import org.apache.mina.transport.socket.nio.NioSession;

/**
 * MINA's processor with one system call a read instead of two. MINA reads until there is nothing
 * more; SMTP clients wait for a reply after what they sent, so the second read nearly always finds
 * nothing, and the selector tells when it would have.
 */
final class OneReadProcessor extends NioProcessor {
  OneReadProcessor(Executor executor) {
    super(executor);
  }

  @Override
  protected int read(NioSession session, IoBuffer buffer) throws Exception {
    return buffer.position() > 0 ? 0 : super.read(session, buffer);
  }
}

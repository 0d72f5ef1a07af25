package org.spillway.smtp.mina;

import java.io.IOException;
import java.util.concurrent.Executor;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.session.IoSession;
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

  /**
   * Writes in the caller's thread what the socket takes at once, without waking the selector. Only
   * for a session without TLS that has nothing queued, and from one thread at a time.
   *
   * @return false when some is left for {@link IoSession#write}
   */
  boolean writeNow(IoSession session, IoBuffer bytes) {
    if (!(session instanceof NioSession nio)
        || session.getScheduledWriteMessages() > 0
        || !session.isConnected()) {
      return false;
    }
    try {
      super.write(nio, bytes, bytes.remaining());
    } catch (IOException broken) {
      return false; // MINA will find out, and tell
    }
    return !bytes.hasRemaining();
  }

  @Override
  protected int read(NioSession session, IoBuffer buffer) throws Exception {
    return buffer.position() > 0 ? 0 : super.read(session, buffer);
  }
}

package org.spillway.smtp.mina;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.session.IoSession;

/**
 * Sends replies: in the clear from the worker's own thread, which saves a turn of MINA's selector
 * for each; through MINA's filters once TLS is on, and for what the socket does not take at once.
 */
final class ReplyWriter {
  private final IoSession session;
  private final OneReadProcessor processor;
  private boolean clear;

  /** One session's; {@code clear} is false for implicit TLS. */
  ReplyWriter(IoSession session, OneReadProcessor processor, boolean clear) {
    this.session = session;
    this.processor = processor;
    this.clear = clear;
  }

  /** From now on everything goes through TLS. */
  void encrypted() {
    clear = false;
  }

  /** Writes; called by the worker only. */
  void write(byte[] reply) {
    IoBuffer bytes = IoBuffer.wrap(reply);
    if (!clear || !processor.writeNow(session, bytes)) {
      session.write(bytes);
    }
  }
}

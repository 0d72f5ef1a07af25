package org.spillway.smtp.mina;

import org.apache.mina.core.session.AbstractIoSession;
import org.apache.mina.core.session.IoSession;

/**
 * Holds a session's bytes back in its socket while the worker has enough in hand. Shut by MINA's
 * thread, which wakes the worker afterwards; opened by the worker.
 */
final class ReadGate {
  private final IoSession session;
  private volatile boolean shut;
  private boolean ended;

  ReadGate(IoSession session) {
    this.session = session;
  }

  synchronized void shut() {
    if (!shut) {
      session.suspendRead();
      shut = true;
    }
  }

  /** Shuts for good: after the client's end there is nothing to read, and MINA would spin. */
  synchronized void end() {
    ended = true;
    session.suspendRead();
  }

  boolean isShut() {
    return shut;
  }

  synchronized void open() {
    shut = false;
    if (!ended) {
      session.resumeRead();
      turnSelector();
    }
  }

  /** MINA's selector sees what we resumed when it turns, up to a second later: a flush wakes it. */
  @SuppressWarnings("unchecked")
  private void turnSelector() {
    if (session instanceof AbstractIoSession mina) {
      mina.getProcessor().flush(mina);
    }
  }
}

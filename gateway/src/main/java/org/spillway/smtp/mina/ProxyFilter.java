package org.spillway.smtp.mina;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.IoSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the PROXY header off one session of a listed proxy, before TLS and SMTP begin. */
final class ProxyFilter extends IoFilterAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyFilter.class);
  private final Consumer<Optional<ProxyHeader.Source>> found;
  private byte[] held = new byte[0];
  private boolean done;

  /**
   * A filter for one session.
   *
   * @param found told once of the client, before anything that follows the header
   */
  ProxyFilter(Consumer<Optional<ProxyHeader.Source>> found) {
    this.found = found;
  }

  @Override
  public void messageReceived(NextFilter next, IoSession session, Object message) {
    if (done || !(message instanceof IoBuffer buffer)) {
      next.messageReceived(session, message);
      return;
    }
    int before = held.length;
    held = Arrays.copyOf(held, before + buffer.remaining());
    buffer.get(held, before, buffer.remaining());
    switch (ProxyHeader.parse(held, held.length)) {
      case ProxyHeader.Result.More _ -> {}
      case ProxyHeader.Result.Bad(String why) -> {
        LOG.warn("{} from {}", why, session.getRemoteAddress());
        done = true;
        session.closeNow();
      }
      case ProxyHeader.Result.Header(Optional<ProxyHeader.Source> source, int length) -> {
        done = true;
        found.accept(source);
        rest(next, session, length);
      }
    }
  }

  private void rest(NextFilter next, IoSession session, int from) {
    byte[] bytes = held;
    held = new byte[0];
    if (bytes.length > from) {
      next.messageReceived(session, IoBuffer.wrap(bytes, from, bytes.length - from));
    }
  }
}

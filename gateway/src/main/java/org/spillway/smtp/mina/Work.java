package org.spillway.smtp.mina;

import java.nio.ByteBuffer;
import org.spillway.mail.Reply;
import org.spillway.mail.TlsInfo;

/** One thing for a conversation's worker to do. */
sealed interface Work {
  /** Greet. */
  record Open() implements Work {}

  /** The handshake that STARTTLS asked for is done. */
  record Secured(TlsInfo tls) implements Work {}

  /** The client said something. */
  record Bytes(ByteBuffer bytes) implements Work {}

  /** Say that, and close. */
  record Dismiss(Reply reply) implements Work {}

  /** The client says nothing more, all it said was heard. */
  record Ended() implements Work {}

  /** The connection is gone. */
  record Gone() implements Work {}
}

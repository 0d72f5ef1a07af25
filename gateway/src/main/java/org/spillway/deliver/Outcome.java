package org.spillway.deliver;

import org.spillway.mail.Reply;

/** What one hop did with one recipient. */
public sealed interface Outcome {
  /** The hop, as host:port [address]. */
  String hop();

  /** For people: the peer's words or what went wrong. */
  String why();

  /**
   * A mail server of ours has it.
   *
   * @param dsnPassedOn true when the hop speaks DSN, so that reports are now its duty (RFC 3461
   *     §5.2)
   */
  record Delivered(String hop, Reply reply, boolean dsnPassedOn) implements Outcome {
    @Override
    public String why() {
      return reply.toString();
    }
  }

  /**
   * Accepted for forwarding; no proof of delivery.
   *
   * @param dsnPassedOn true when the hop speaks DSN, so that reports are now its duty (RFC 3461
   *     §5.2)
   */
  record Relayed(String hop, Reply reply, boolean dsnPassedOn) implements Outcome {
    @Override
    public String why() {
      return reply.toString();
    }
  }

  /**
   * Not now.
   *
   * @param effect whose fault it is, and what follows for others
   */
  record Deferred(String hop, Reply reply, Effect effect) implements Outcome {
    @Override
    public String why() {
      return reply.toString();
    }
  }

  /**
   * Not here, ever; whether elsewhere is what the effect says.
   *
   * @param effect whose fault it is, and what follows for others
   */
  record Failed(String hop, Reply reply, Effect effect) implements Outcome {
    @Override
    public String why() {
      return reply.toString();
    }
  }

  /** The hop never judged the recipient: refused, timed out, TLS or greeting failed. */
  record Unreachable(String hop, Step step, String why) implements Outcome {}

  /** Lost between the final dot and the reply: it may have been delivered. */
  record Unknown(String hop, String why) implements Outcome {}

  /** How far a connection or a probe came. */
  enum Step {
    RESOLVE,
    CONNECT,
    GREETING,
    EHLO,
    STARTTLS,
    TLS,
    AUTH,
    MAIL,
    RCPT,
    DATA,
    FINAL_DOT
  }
}

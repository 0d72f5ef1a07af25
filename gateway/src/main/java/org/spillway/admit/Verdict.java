package org.spillway.admit;

import java.time.Duration;
import org.spillway.mail.Reply;

/** What the door says. */
public sealed interface Verdict {
  /** The words for the client. */
  Reply reply();

  /** How long the reply is held back. */
  Duration delay();

  /** The same after a wait. */
  default Verdict after(Duration wait) {
    return switch (this) {
      case Accept v -> new Accept(v.reply, wait);
      case Quarantine v -> new Quarantine(v.reply, v.why, wait);
      case Defer v -> new Defer(v.reply, wait);
      case Refuse v -> new Refuse(v.reply, wait);
      case HangUp v -> new HangUp(v.reply, wait);
    };
  }

  /** Go on. */
  record Accept(Reply reply, Duration delay) implements Verdict {
    public Accept(Reply reply) {
      this(reply, Duration.ZERO);
    }
  }

  /** Take it, and keep it for a person to look at. */
  record Quarantine(Reply reply, String why, Duration delay) implements Verdict {
    public Quarantine(Reply reply, String why) {
      this(reply, why, Duration.ZERO);
    }
  }

  /** Not now: 4yz. */
  record Defer(Reply reply, Duration delay) implements Verdict {
    public Defer(Reply reply) {
      this(reply, Duration.ZERO);
    }
  }

  /** No: 5yz. */
  record Refuse(Reply reply, Duration delay) implements Verdict {
    public Refuse(Reply reply) {
      this(reply, Duration.ZERO);
    }
  }

  /** No, and the connection is closed after the reply (421 or 554). */
  record HangUp(Reply reply, Duration delay) implements Verdict {
    public HangUp(Reply reply) {
      this(reply, Duration.ZERO);
    }
  }
}

package org.spillway.admit;

import java.util.List;
import org.spillway.auth.dmarc.PolicyOverride;
import org.spillway.auth.message.Authentication;
import org.spillway.guard.Sign;
import org.spillway.mail.Direction;

/** Evidence from one check: what was asked and what was seen. It decides nothing. */
public sealed interface Finding {
  /** The check's name, for trace and evidence. */
  String check();

  /** What was seen, for people. */
  String seen();

  /**
   * Which way mail of this client for each recipient goes; empty where it may not be relayed.
   *
   * @param ways in the order of the recipients asked about
   */
  record Ways(List<Way> ways) implements Finding {
    public Ways {
      ways = List.copyOf(ways);
    }

    @Override
    public String check() {
      return "direction";
    }

    @Override
    public String seen() {
      return ways.toString();
    }
  }

  /** One recipient's way. */
  sealed interface Way {
    /** It goes there. */
    record Goes(Direction direction) implements Way {}

    /** The client is neither known nor authenticated, and the domain is not ours. */
    record NotOurs() implements Way {}
  }

  /** What the directory said of a recipient. */
  record Directory(RecipientDirectory.Answer answer) implements Finding {
    @Override
    public String check() {
      return "recipient";
    }

    @Override
    public String seen() {
      return answer.toString();
    }
  }

  /** The size declared or seen, against the limit, both in bytes. */
  record Size(long bytes, long limitBytes) implements Finding {
    @Override
    public String check() {
      return "size";
    }

    @Override
    public String seen() {
      return bytes + " of " + limitBytes;
    }
  }

  /** Received fields that were there, against the limit (RFC 5321 §6.3). */
  record Hops(int hops, int limit) implements Finding {
    @Override
    public String check() {
      return "hops";
    }

    @Override
    public String seen() {
      return hops + " of " + limit;
    }
  }

  /**
   * What a check against abuse saw.
   *
   * @param fresh false when an earlier stage has judged it, and it is told once more for the record
   */
  record Guarded(Sign sign, boolean fresh) implements Finding {
    @Override
    public String check() {
      return sign.check();
    }

    @Override
    public String seen() {
      return sign.toString();
    }
  }

  /**
   * What the methods of authentication said.
   *
   * @param handling what follows from DMARC, overrides counted in
   */
  record Authenticated(Authentication results, PolicyOverride.Handling handling)
      implements Finding {
    @Override
    public String check() {
      return "authentication";
    }

    @Override
    public String seen() {
      return results.summary() + ", applied " + handling.disposition().word();
    }
  }

  /** Recipients for whom we have already sent this very message out. */
  record Returned(List<Integer> recipients) implements Finding {
    public Returned {
      recipients = List.copyOf(recipients);
    }

    @Override
    public String check() {
      return "loop";
    }

    @Override
    public String seen() {
      return recipients.isEmpty() ? "none" : "came back for recipients " + recipients;
    }
  }
}

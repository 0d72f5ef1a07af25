package org.spillway.guard;

import java.time.Duration;
import org.spillway.guard.dnslist.Standing;
import org.spillway.guard.grey.Greyed;
import org.spillway.guard.list.ListEntry;
import org.spillway.guard.rate.RateLimit;
import org.spillway.mail.Address;

/** What one check saw. It decides nothing. */
public sealed interface Sign {
  /** The check's name, as in metrics and keys. */
  String check();

  /** An entry of the allow and deny lists holds for the client or the sender. */
  record Listed(ListEntry entry) implements Sign {
    @Override
    public String check() {
      return "list";
    }
  }

  /**
   * The client was listened to before the greeting.
   *
   * @param bytes what it said; 0 when it waited as it should
   * @param waited how long we listened
   */
  record Early(long bytes, Duration waited) implements Sign {
    @Override
    public String check() {
      return "early-talker";
    }
  }

  /**
   * The client sent bytes after a command that must be the last before our reply (RFC 2920 §3.1).
   */
  record Ahead(long bytes) implements Sign {
    @Override
    public String check() {
      return "pipelining";
    }
  }

  /** Something is wrong with the HELO name. */
  record Helo(Fault fault, String name) implements Sign {
    /** What is wrong with it. */
    public enum Fault {
      /** Neither a full host name nor an address literal (RFC 5321 §4.1.1.1). */
      SYNTAX,
      /** An address literal of another address. */
      LITERAL,
      /** A name of ours, from a stranger. */
      OURS,
      /** The DNS knows neither an address nor an MX. */
      UNRESOLVABLE
    }

    @Override
    public String check() {
      return "helo";
    }
  }

  /** What the reverse name of the client says. */
  record Reverse(ReverseNames.Name name) implements Sign {
    @Override
    public String check() {
      return "reverse-name";
    }
  }

  /** What the lists in the DNS say of the client. */
  record DnsListed(Standing standing) implements Sign {
    @Override
    public String check() {
      return "dns-lists";
    }
  }

  /** How client, sender and recipient stand with the greylist. */
  record Grey(Greyed greyed) implements Sign {
    @Override
    public String check() {
      return "greylist";
    }
  }

  /** A rate limit is reached. */
  record Rate(RateLimit limit) implements Sign {
    @Override
    public String check() {
      return "rate";
    }
  }

  /** A stranger's message has more recipients than its kind should. */
  record Crowd(int recipients, int limit, boolean nullSender) implements Sign {
    @Override
    public String check() {
      return nullSender ? "null-sender" : "many-recipients";
    }
  }

  /** A stranger claims an address of ours. */
  record Claim(Where where, Address address) implements Sign {
    @Override
    public String check() {
      return "own-domain";
    }
  }

  /** A user claims an address that is not his; empty when no address could be read. */
  record NotTheirs(Where where, String user, String address) implements Sign {
    @Override
    public String check() {
      return "sender-map";
    }
  }

  /** Where an address stands. */
  enum Where {
    MAIL_FROM,
    HEADER_FROM
  }
}

package org.spillway.guard;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.spillway.guard.dnslist.DnsList;
import org.spillway.guard.grey.GreySettings;
import org.spillway.guard.grey.Greyed;
import org.spillway.guard.list.ListEntry;
import org.spillway.guard.rate.RateLimit;

/**
 * What is looked for, and what the operator wants when it is seen. The defaults ask the DNS
 * nothing, keep nobody waiting and refuse only what no mail server does.
 *
 * @param earlyTalkers those who speak before they may
 * @param helo names in HELO and EHLO
 * @param reverse names of client addresses
 * @param dnsLists lists of clients in the DNS
 * @param greylist RFC 6647
 * @param rates all limits of rates
 * @param rateKeys most addresses, senders and so on that each limit remembers
 * @param crowds messages with many recipients
 * @param tarpit how long replies are held back
 * @param ownDomains strangers that claim our domains
 * @param lists the operator's file of the allow and deny lists
 * @param senders the file of which user may send as whom; all may send as anybody when empty
 */
public record GuardSettings(
    EarlyTalkers earlyTalkers,
    Helo helo,
    Reverse reverse,
    DnsListing dnsLists,
    GreySettings greylist,
    List<RateLimit> rates,
    int rateKeys,
    Crowds crowds,
    TarpitSettings tarpit,
    OwnDomains ownDomains,
    Optional<Path> lists,
    Optional<Path> senders) {
  public GuardSettings {
    rates = List.copyOf(rates);
  }

  /**
   * Those who speak before they may.
   *
   * @param waits whom to make wait for the greeting
   * @param time how long
   * @param banner what of those who speak before it
   * @param commands what of those who send commands ahead of replies without right
   */
  public record EarlyTalkers(Wait waits, Duration time, Action banner, Action commands) {
    /** Whom to make wait for the greeting. */
    public enum Wait {
      NEVER,
      /** Strangers that a DNS list warns of, or whose reverse name is missing or not confirmed. */
      SUSPICIOUS,
      /** Every stranger. */
      ALWAYS
    }
  }

  /** What of each fault of a HELO name. */
  public record Helo(Action syntax, Action literal, Action ours, Action unresolvable) {}

  /** What of a client whose address has no name, or one that does not lead back. */
  public record Reverse(Action missing, Action unconfirmed) {
    boolean isAsked() {
      return missing != Action.OFF || unconfirmed != Action.OFF;
    }
  }

  /**
   * Lists of clients in the DNS.
   *
   * @param lists to ask
   * @param timeout for all of them together
   * @param refuseAt scores from which on a client is refused, deferred, greylisted, held back; 0
   *     turns one off
   */
  public record DnsListing(
      List<DnsList> lists,
      Duration timeout,
      int refuseAt,
      int deferAt,
      int greylistAt,
      int tarpitAt) {
    public DnsListing {
      lists = List.copyOf(lists);
    }

    /** The strongest action that a score leads to. */
    Action at(int score) {
      if (refuseAt > 0 && score >= refuseAt) {
        return Action.REFUSE;
      }
      if (deferAt > 0 && score >= deferAt) {
        return Action.DEFER;
      }
      if (greylistAt > 0 && score >= greylistAt) {
        return Action.GREYLIST;
      }
      return isSlowed(score) ? Action.TARPIT : Action.NOTE;
    }

    boolean isSlowed(int score) {
      return tarpitAt > 0 && score >= tarpitAt;
    }
  }

  /**
   * Messages of strangers with many recipients.
   *
   * @param nullSender most recipients of a message from {@code <>}; 0 for no limit
   * @param nullAction what of more
   * @param many most recipients of any message; 0 for no limit
   * @param manyAction what of more
   */
  public record Crowds(int nullSender, Action nullAction, int many, Action manyAction) {}

  /**
   * How long replies are held back.
   *
   * @param delay each time
   * @param sessions most at a time
   */
  public record TarpitSettings(Duration delay, int sessions) {}

  /** What of strangers that claim our domains in MAIL FROM, and in From. */
  public record OwnDomains(Action envelope, Action header) {}

  /** The defaults. */
  public static final GuardSettings DEFAULT =
      new GuardSettings(
          new EarlyTalkers(
              EarlyTalkers.Wait.NEVER, Duration.ofSeconds(6), Action.REFUSE, Action.NOTE),
          new Helo(Action.NOTE, Action.NOTE, Action.NOTE, Action.OFF),
          new Reverse(Action.OFF, Action.OFF),
          new DnsListing(List.of(), Duration.ofSeconds(3), 8, 0, 4, 2),
          GreySettings.DEFAULT,
          RateLimit.DEFAULT,
          50_000,
          new Crowds(0, Action.DEFER, 0, Action.TARPIT),
          new TarpitSettings(Duration.ofSeconds(5), 500),
          new OwnDomains(Action.NOTE, Action.OFF),
          Optional.empty(),
          Optional.empty());

  /** What the operator wants when that is seen. */
  public Action actionOn(Sign sign) {
    return switch (sign) {
      case Sign.Listed(ListEntry entry) ->
          entry.side() == ListEntry.Side.DENY ? Action.REFUSE : Action.NOTE;
      case Sign.Early early -> early.bytes() > 0 ? earlyTalkers.banner() : Action.NOTE;
      case Sign.Ahead _ -> earlyTalkers.commands();
      case Sign.Helo(Sign.Helo.Fault fault, String _) -> on(fault);
      case Sign.Reverse(ReverseNames.Name name) -> on(name);
      case Sign.DnsListed(var standing) -> dnsLists.at(standing.score());
      case Sign.Grey(Greyed greyed) -> greyed instanceof Greyed.Waits ? Action.DEFER : Action.NOTE;
      case Sign.Rate _ -> Action.DEFER;
      case Sign.Crowd crowd -> crowd.nullSender() ? crowds.nullAction() : crowds.manyAction();
      case Sign.Claim(Sign.Where where, var _) ->
          where == Sign.Where.MAIL_FROM ? ownDomains.envelope() : ownDomains.header();
      case Sign.NotTheirs _ -> Action.REFUSE;
    };
  }

  /** True when the reply is to take longer because of it. */
  public boolean holdsBack(Sign sign) {
    return actionOn(sign) == Action.TARPIT
        || sign instanceof Sign.DnsListed(var standing) && dnsLists.isSlowed(standing.score());
  }

  private Action on(Sign.Helo.Fault fault) {
    return switch (fault) {
      case SYNTAX -> helo.syntax();
      case LITERAL -> helo.literal();
      case OURS -> helo.ours();
      case UNRESOLVABLE -> helo.unresolvable();
    };
  }

  private Action on(ReverseNames.Name name) {
    return switch (name) {
      case ReverseNames.Name.Missing _ -> reverse.missing();
      case ReverseNames.Name.Unconfirmed _ -> reverse.unconfirmed();
      case ReverseNames.Name.Confirmed _, ReverseNames.Name.Unknown _ -> Action.NOTE;
    };
  }
}

package org.spillway.admit;

import java.util.stream.Collectors;
import org.spillway.guard.ReverseNames;
import org.spillway.guard.Sign;
import org.spillway.guard.dnslist.ListAnswer;
import org.spillway.guard.dnslist.Standing;
import org.spillway.guard.grey.Greyed;
import org.spillway.guard.list.Subject;
import org.spillway.guard.rate.RateLimit;
import org.spillway.mail.Reply;

/** Why, in a reply: what a mail administrator on the other side can act on. */
final class GuardWords {
  private static final String TURN = "5.0"; // RFC 3463 §3.6: another protocol status
  private static final String POLICY = "7.1"; // RFC 3463 §3.8: delivery not authorized
  private static final String REVERSE = "7.25"; // RFC 7372 §3.3
  private static final String FLOOD = "7.28"; // IANA: mail flood detected
  private static final String CROWD = "5.3"; // RFC 3463 §3.6: too many recipients

  private GuardWords() {}

  /**
   * The reply that a sign leads to.
   *
   * @param kind 4 or 5
   */
  static Reply of(Sign sign, int kind) {
    return switch (sign) {
      case Sign.Early _ ->
          reply(kind == 4 ? 421 : 554, kind, TURN, "you spoke before the greeting");
      case Sign.Ahead _ ->
          reply(
              kind == 4 ? 421 : 554,
              kind,
              TURN,
              "you sent commands ahead of our reply, out of turn (RFC 2920)");
      case Sign.Helo(Sign.Helo.Fault fault, String _) -> policy(kind, helo(fault));
      case Sign.Reverse(ReverseNames.Name name) ->
          reply(kind == 4 ? 450 : 550, kind, REVERSE, "your address " + reverse(name));
      case Sign.DnsListed(Standing standing) -> policy(kind, lists(standing));
      case Sign.Grey(Greyed greyed) -> policy(kind, grey(greyed));
      case Sign.Rate(RateLimit limit) -> rate(limit, kind);
      case Sign.Crowd crowd -> crowd(crowd, kind);
      case Sign.Listed listed -> policy(kind, list(listed.entry().subject()));
      case Sign.Claim(Sign.Where where, var address) ->
          policy(
              kind,
              address.domain() + " in " + word(where) + " is ours: authenticate to send as it");
      case Sign.NotTheirs(Sign.Where where, String _, String address) ->
          reply(
              kind == 4 ? 451 : where == Sign.Where.MAIL_FROM ? 553 : 550,
              kind,
              POLICY,
              address.isEmpty()
                  ? "your message has no From that can be read"
                  : "the address in " + word(where) + " is not yours");
    };
  }

  private static Reply reply(int code, int kind, String status, String text) {
    return Reply.of(code, kind + "." + status, text);
  }

  private static Reply policy(int kind, String text) {
    return reply(kind == 4 ? 450 : 550, kind, POLICY, text);
  }

  private static String word(Sign.Where where) {
    return where == Sign.Where.MAIL_FROM ? "MAIL FROM" : "From";
  }

  private static String helo(Sign.Helo.Fault fault) {
    return switch (fault) {
      case SYNTAX -> "your HELO name is no full host name (RFC 5321 section 4.1.1.1)";
      case LITERAL -> "your HELO name is the address of another host";
      case OURS -> "your HELO name is ours";
      case UNRESOLVABLE -> "your HELO name has no address in the DNS";
    };
  }

  private static String reverse(ReverseNames.Name name) {
    return switch (name) {
      case ReverseNames.Name.Missing _ -> "has no name in the DNS";
      case ReverseNames.Name.Unconfirmed _ -> "has a name in the DNS that does not lead back to it";
      case ReverseNames.Name.Confirmed _ -> "has a name in the DNS";
      case ReverseNames.Name.Unknown _ -> "has a name in the DNS that cannot be looked up now";
    };
  }

  private static String lists(Standing standing) {
    return "your address is listed by "
        + standing.listed().stream()
            .filter(listed -> listed.weight() > 0)
            .map(ListAnswer.Listed::zone)
            .collect(Collectors.joining(", "));
  }

  private static String grey(Greyed greyed) {
    return switch (greyed) {
      case Greyed.Waits waits ->
          "greylisted (RFC 6647), try again in " + waits.left().toSeconds() + " seconds";
      case Greyed.Passes _ -> "greylisted";
    };
  }

  private static Reply rate(RateLimit limit, int kind) {
    String of = limit.of().name().toLowerCase(java.util.Locale.ROOT);
    String by =
        switch (limit.by()) {
          case ADDRESS -> "from your address";
          case NETWORK -> "from your network";
          case SENDER -> "from this sender";
          case RECIPIENT -> "for this recipient";
          case USER -> "from you";
        };
    return reply(452, kind, FLOOD, "too many " + of + " " + by + ", try again later");
  }

  private static Reply crowd(Sign.Crowd crowd, int kind) {
    String whose = crowd.nullSender() ? " recipients of a notification" : " recipients";
    return reply(kind == 4 ? 452 : 550, kind, CROWD, "more than " + crowd.limit() + whose);
  }

  private static String list(Subject subject) {
    return switch (subject) {
      case Subject.Clients clients -> "clients of " + clients + " are denied here";
      case Subject.Senders domain -> "senders of " + domain + " are denied here";
      case Subject.Sender _ -> "this sender is denied here";
    };
  }
}

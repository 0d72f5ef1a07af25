package org.spillway.dns.upstream;

import java.util.stream.Stream;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What one server said to one question. */
public sealed interface Heard {
  /** Records, or that there are none. */
  record Said(Message message) implements Heard {}

  /** Nothing within the time, or no way to the server. */
  record Silence(String why) implements Heard {}

  /** The server cannot or does not want to answer anything: REFUSED, a referral, nonsense. */
  record Lame(String why) implements Heard {}

  /** The server tried and failed with this name; another may not. */
  record Trouble(String why) implements Heard {}

  /** The server says that the answer fails DNSSEC: no other one is asked. */
  record Bogus(String why) implements Heard {}

  /** The server does not know EDNS (RFC 6891 §7). */
  record OldServer(String why) implements Heard {}

  private static boolean unprovable(int extendedError) { // RFC 8914 §4.7 to §4.13
    return extendedError >= ExtendedErrorCodeOption.DNSSEC_BOGUS
        && extendedError <= ExtendedErrorCodeOption.NSEC_MISSING;
  }

  /** Sorts an answer whose id and question are ours. */
  static Heard sort(Message message) {
    int rcode = message.getRcode();
    String word = Rcode.string(rcode) + extended(message);
    return switch (rcode) {
      case Rcode.NOERROR -> isReferral(message) ? new Lame("a referral") : new Said(message);
      case Rcode.NXDOMAIN -> new Said(message);
      case Rcode.SERVFAIL -> bogus(message) ? new Bogus(word) : new Trouble(word);
      case Rcode.FORMERR, Rcode.NOTIMP, Rcode.BADVERS -> new OldServer(word);
      default -> new Lame(word);
    };
  }

  /** No answer, no SOA, but the servers of some zone: the server does not recurse for us. */
  private static boolean isReferral(Message message) {
    return message.getSection(Section.ANSWER).isEmpty()
        && !message.getHeader().getFlag(Flags.AA)
        && has(message, Type.NS)
        && !has(message, Type.SOA);
  }

  private static boolean has(Message message, int type) {
    return message.getSection(Section.AUTHORITY).stream()
        .mapToInt(Record::getType)
        .anyMatch(t -> t == type);
  }

  private static boolean bogus(Message message) {
    return reasons(message).anyMatch(reason -> unprovable(reason.getErrorCode()));
  }

  private static Stream<ExtendedErrorCodeOption> reasons(Message message) {
    OPTRecord opt = message.getOPT();
    return opt == null
        ? Stream.empty()
        : opt.getOptions().stream()
            .filter(ExtendedErrorCodeOption.class::isInstance)
            .map(ExtendedErrorCodeOption.class::cast);
  }

  private static String extended(Message message) {
    StringBuilder words = new StringBuilder();
    reasons(message)
        .limit(2)
        .forEach(
            reason ->
                words
                    .append(", ")
                    .append(ExtendedErrorCodeOption.text(reason.getErrorCode()))
                    .append(reason.getText() == null ? "" : " " + plain(reason.getText())));
    return words.toString();
  }

  /** Text of a stranger for a log line. */
  static String plain(String text) {
    String shortened = text.length() > 500 ? text.substring(0, 500) : text;
    return shortened.replaceAll("[^\\x20-\\x7e]", "?");
  }
}

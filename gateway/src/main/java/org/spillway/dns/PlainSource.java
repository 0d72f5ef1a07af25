package org.spillway.dns;

import java.util.function.BiFunction;
import org.spillway.dns.upstream.Deadline;
import org.spillway.dns.upstream.Heard;
import org.spillway.dns.upstream.Upstream;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;

/** Takes the servers at their word; their AD bit counts only where they are trusted. */
final class PlainSource implements Source {
  private final BiFunction<Message, Deadline, Heard> servers;
  private final boolean trustAd;

  PlainSource(BiFunction<Message, Deadline, Heard> servers, boolean trustAd) {
    this.servers = servers;
    this.trustAd = trustAd;
  }

  @Override
  public Told ask(Record question, Deadline deadline) {
    Message query = Upstream.query(question, trustAd ? ExtendedFlags.DO : 0);
    if (trustAd) {
      query.getHeader().setFlag(Flags.AD); // RFC 6840 §5.7: we understand the bit
    }
    return told(servers.apply(query, deadline));
  }

  private Told told(Heard heard) {
    return switch (heard) {
      case Heard.Said(Message message) ->
          new Told.Answered(message, trustAd && message.getHeader().getFlag(Flags.AD));
      case Heard.Bogus(String why) -> new Told.Unanswered(why, true);
      case Heard.Trouble(String why) -> new Told.Unanswered(why, false);
      case Heard.Silence(String why) -> new Told.Unanswered(why, false);
      case Heard.Lame(String why) -> new Told.Unanswered(why, false);
      case Heard.OldServer(String why) -> new Told.Unanswered(why, false);
    };
  }
}

package org.spillway.dns.upstream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** One recursive resolver: asks it over UDP, over TCP where the answer is cut (RFC 7766 §5). */
public final class Upstream {
  private final InetSocketAddress server;
  private final Transport transport;
  private final Duration timeout;
  private final ServerHealth health;

  /**
   * Opens no socket yet.
   *
   * @param timeout of one question
   */
  public Upstream(InetSocketAddress server, Duration timeout, ServerHealth health) {
    this.server = server;
    this.transport = new Transport(server);
    this.timeout = timeout;
    this.health = health;
  }

  ServerHealth health() {
    return health;
  }

  Duration timeout() {
    return timeout;
  }

  InetSocketAddress server() {
    return server;
  }

  /** Asks once; the outcome counts for the server's health. */
  Heard ask(Message query, Deadline deadline) {
    long before = deadline.nanos().getAsLong();
    Heard heard = exchange(query, deadline);
    if (heard instanceof Heard.OldServer && query.getOPT() != null && !wantsProof(query)) {
      Message plain = query.clone(); // RFC 6891 §6.2.2: a server that knows no EDNS
      plain.removeRecord(query.getOPT(), Section.ADDITIONAL);
      heard = exchange(plain, deadline);
    }
    boolean cut = deadline.over(); // the message's budget ended, which says nothing of the server
    switch (heard) {
      case Heard.Said _, Heard.Trouble _, Heard.Bogus _ ->
          health.answered(deadline.nanos().getAsLong() - before);
      case Heard.Silence(String why) -> {
        if (!cut) {
          health.failed(why);
        }
      }
      case Heard.Lame(String why) -> health.failed(why);
      case Heard.OldServer(String why) -> health.failed(why);
    }
    return heard;
  }

  private static boolean wantsProof(Message query) {
    return (query.getOPT().getFlags() & ExtendedFlags.DO) != 0;
  }

  private Heard exchange(Message query, Deadline deadline) {
    Message fresh = query.clone();
    fresh.getHeader().setID(new Header().getID()); // RFC 5452 §9.2: a new one each time
    byte[] wire = fresh.toWire();
    try {
      byte[] reply = transport.udp(wire, deadline, timeout, datagram -> mayAnswer(wire, datagram));
      Heard heard = read(fresh, reply);
      boolean cut = heard instanceof Heard.Said(Message said) && isCut(said);
      return cut ? sortWhole(fresh, transport.tcp(wire, deadline, timeout)) : heard;
    } catch (SocketTimeoutException late) {
      return new Heard.Silence("no answer");
    } catch (IOException broken) {
      return new Heard.Silence(broken.getMessage() == null ? "no way" : broken.getMessage());
    }
  }

  private static boolean isCut(Message message) {
    return message.getHeader().getFlag(Flags.TC);
  }

  /** The id is ours and it is an answer: the datagram is looked into further. */
  private static boolean mayAnswer(byte[] query, byte[] datagram) {
    return datagram.length >= 12
        && datagram[0] == query[0]
        && datagram[1] == query[1]
        && (datagram[2] & 0x80) != 0;
  }

  private static Heard sortWhole(Message query, byte[] reply) {
    Heard heard = read(query, reply);
    return heard instanceof Heard.Said(Message said) && isCut(said)
        ? new Heard.Lame("an answer cut over TCP")
        : heard;
  }

  /** Reads what came for a query, whatever it is. */
  public static Heard read(Message query, byte[] reply) {
    Message message;
    try {
      message = new Message(reply);
    } catch (IOException | RuntimeException odd) {
      return new Heard.Lame("an answer that cannot be read: " + odd.getMessage());
    }
    Header header = message.getHeader();
    if (header.getID() != query.getHeader().getID() || !header.getFlag(Flags.QR)) {
      return new Heard.Lame("an answer to something else");
    }
    Heard heard = Heard.sort(message);
    boolean mustRepeat = heard instanceof Heard.Said; // RFC 5452 §9.1
    return mustRepeat && !repeats(query.getQuestion(), message.getQuestion())
        ? new Heard.Lame("an answer to another question")
        : heard;
  }

  private static boolean repeats(Record asked, Record repeated) {
    return repeated != null
        && repeated.getType() == asked.getType()
        && repeated.getDClass() == asked.getDClass()
        && repeated.getName().equals(asked.getName());
  }

  /** A query with {@link #edns}. */
  public static Message query(Record question, int flags) {
    Message query = Message.newQuery(question);
    query.addRecord(edns(flags), Section.ADDITIONAL);
    return query;
  }

  /** EDNS with answers of 1,232 bytes, which fit any path (RFC 6891 §6.2.5, RFC 9715 §3.2). */
  public static OPTRecord edns(int flags) {
    return new OPTRecord(1232, 0, 0, flags);
  }
}

package org.spillway.spool.code;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.spillway.mail.Arrival;
import org.spillway.mail.Body;
import org.spillway.mail.ContentFacts;
import org.spillway.mail.Direction;
import org.spillway.mail.Envelope;
import org.spillway.mail.Recipient;
import org.spillway.mail.Ret;
import org.spillway.mail.ReversePath;
import org.spillway.mail.TlsInfo;
import org.spillway.spool.Draft.Accepted;
import org.spillway.spool.Outgoing;

/**
 * All that is kept beside a content, as bytes: a version, then field by field.
 *
 * <pre>
 *  version  since version 1
 *  1
 *  2        a number at the end: 1 for REQUIRETLS, plus 2 for TLS-Required: No
 *  3        after it: fields on top, hash of the body
 * </pre>
 */
public final class AcceptedCodec {
  private static final int VERSION = 3;
  private static final int REQUIRE_TLS = 1;
  private static final int TLS_OPTIONAL = 2;

  private AcceptedCodec() {}

  /** The bytes, about 300 for one recipient. */
  public static byte[] encode(Accepted accepted) {
    Encoder to = new Encoder(512).octet(VERSION);
    arrival(to, accepted.arrival());
    to.octet(accepted.direction().ordinal());
    envelope(to, accepted.envelope());
    facts(to, accepted.facts());
    DecisionCodec.write(to, accepted.decision());
    to.each(accepted.standings(), DispositionCodec::write);
    boolean required = accepted.envelope().requireTls();
    boolean optional = accepted.facts().tlsOptional();
    to.number((required ? REQUIRE_TLS : 0) + (optional ? TLS_OPTIONAL : 0));
    to.text(accepted.outgoing().topFields())
        .optional(accepted.outgoing().bodyHash(), Encoder::text);
    return to.toBytes();
  }

  /** The value; throws nothing but {@link Malformed}. */
  public static Accepted decode(ByteBuffer bytes) throws Malformed {
    Decoder from = new Decoder(bytes);
    int version = from.octet();
    if (version < 1 || version > VERSION) {
      throw new Malformed("version " + version + " is not known here");
    }
    Accepted accepted =
        new Accepted(
            arrival(from),
            from.oneOf(Direction.values()),
            envelope(from),
            facts(from),
            DecisionCodec.read(from),
            from.each(DispositionCodec::read));
    int tls = version >= 2 ? from.smallNumber() : 0;
    Outgoing outgoing =
        version >= 3 ? new Outgoing(from.text(), from.optional(Decoder::text)) : Outgoing.AS_IT_IS;
    from.end();
    return with(accepted, tls, outgoing);
  }

  private static Accepted with(Accepted a, int bits, Outgoing outgoing) {
    return new Accepted(
        a.arrival(),
        a.direction(),
        a.envelope().requiringTls((bits & REQUIRE_TLS) != 0),
        a.facts().withTlsOptional((bits & TLS_OPTIONAL) != 0),
        a.decision(),
        a.standings(),
        outgoing);
  }

  private static void arrival(Encoder to, Arrival arrival) {
    to.instant(arrival.at())
        .octets(arrival.client().getAddress())
        .number(arrival.clientPort())
        .text(arrival.helo())
        .flag(arrival.extended())
        .optional(arrival.tls(), AcceptedCodec::tls)
        .optional(arrival.user(), Encoder::text)
        .text(arrival.listener());
  }

  private static Arrival arrival(Decoder from) throws Malformed {
    return new Arrival(
        from.instant(),
        address(from.octets()),
        from.smallNumber(),
        from.text(),
        from.flag(),
        from.optional(AcceptedCodec::tls),
        from.optional(Decoder::text),
        from.text());
  }

  private static InetAddress address(byte[] bytes) throws Malformed {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new Malformed("an IP address of " + bytes.length + " bytes");
    }
  }

  private static void tls(Encoder to, TlsInfo tls) {
    to.text(tls.protocol()).text(tls.cipher()).optional(tls.peerName(), Encoder::text);
  }

  private static TlsInfo tls(Decoder from) throws Malformed {
    return new TlsInfo(from.text(), from.text(), from.optional(Decoder::text));
  }

  private static void envelope(Encoder to, Envelope envelope) {
    to.optional(envelope.from().address(), DecisionCodec::address)
        .each(envelope.recipients(), AcceptedCodec::recipient)
        .octet(envelope.body().ordinal())
        .flag(envelope.smtputf8())
        .optional(envelope.ret(), (e, ret) -> e.octet(ret.ordinal()))
        .optional(envelope.envid(), Encoder::text)
        .number(envelope.declaredSizeBytes().orElse(-1));
  }

  private static Envelope envelope(Decoder from) throws Malformed {
    return new Envelope(
        new ReversePath(from.optional(DecisionCodec::address)),
        from.each(AcceptedCodec::recipient),
        from.oneOf(Body.values()),
        from.flag(),
        from.optional(d -> d.oneOf(Ret.values())),
        from.optional(Decoder::text),
        size(from.number()));
  }

  private static OptionalLong size(long bytes) {
    return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  private static void recipient(Encoder to, Recipient recipient) {
    DecisionCodec.address(to, recipient.address());
    boolean same = recipient.asGiven().equals(recipient.address());
    to.flag(!same);
    if (!same) {
      DecisionCodec.address(to, recipient.asGiven());
    }
    to.octet(DecisionCodec.bits(recipient.notifyOn())).optional(recipient.orcpt(), Encoder::text);
  }

  private static Recipient recipient(Decoder from) throws Malformed {
    var address = DecisionCodec.address(from);
    var asGiven = from.flag() ? DecisionCodec.address(from) : address;
    return new Recipient(
        address, asGiven, DecisionCodec.notifyOn(from.octet()), from.optional(Decoder::text));
  }

  private static void facts(Encoder to, ContentFacts facts) {
    to.number(facts.sizeBytes())
        .number(facts.headerBytes())
        .text(facts.bodySha256())
        .number(facts.receivedHops())
        .flag(facts.eightBit())
        .flag(facts.eightBitHeaders())
        .flag(facts.signed())
        .flag(facts.autoSubmitted())
        .optional(facts.messageId(), Encoder::text)
        .optional(facts.subject(), Encoder::text)
        .each(facts.traceStamps(), Encoder::text);
  }

  private static ContentFacts facts(Decoder from) throws Malformed {
    return new ContentFacts(
        from.number(),
        from.number(),
        from.text(),
        from.smallNumber(),
        from.flag(),
        from.flag(),
        from.flag(),
        from.flag(),
        from.optional(Decoder::text),
        from.optional(Decoder::text),
        from.each(Decoder::text));
  }
}

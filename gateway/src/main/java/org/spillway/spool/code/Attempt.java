package org.spillway.spool.code;

import java.nio.ByteBuffer;
import java.util.List;
import org.spillway.route.SiteName;

/**
 * A copy that is about to pass its final dot.
 *
 * @param recipients indexes into the envelope
 * @param site where it goes
 * @param hop which host of it
 */
public record Attempt(List<Integer> recipients, SiteName site, String hop) {
  private static final int VERSION = 1;

  public Attempt {
    recipients = List.copyOf(recipients);
  }

  /** The bytes of one attempt. */
  public byte[] encode() {
    Encoder to = new Encoder(64).octet(VERSION);
    write(to, this);
    return to.toBytes();
  }

  /** The value; throws nothing but {@link Malformed}. */
  public static Attempt decode(ByteBuffer bytes) throws Malformed {
    Decoder from = new Decoder(bytes);
    if (from.octet() != VERSION) {
      throw new Malformed("an attempt of an unknown version");
    }
    Attempt attempt = read(from);
    from.end();
    return attempt;
  }

  static void write(Encoder to, Attempt attempt) {
    to.each(attempt.recipients, (e, index) -> e.number(index));
    DispositionCodec.site(to, attempt.site);
    to.text(attempt.hop);
  }

  static Attempt read(Decoder from) throws Malformed {
    return new Attempt(from.each(Decoder::smallNumber), DispositionCodec.site(from), from.text());
  }
}

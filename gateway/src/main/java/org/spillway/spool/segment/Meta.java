package org.spillway.spool.segment;

import java.nio.ByteBuffer;
import org.spillway.spool.Draft.Accepted;
import org.spillway.spool.code.AcceptedCodec;
import org.spillway.spool.code.Decoder;
import org.spillway.spool.code.Encoder;
import org.spillway.spool.code.Malformed;
import org.spillway.spool.crypt.DataKey;

/**
 * What a PUT_COMMIT holds beside the content.
 *
 * @param key of the message
 * @param contentBytes length of the content
 * @param partBytes length of each part of it but the last, before sealing
 * @param accepted what the door said of it
 */
record Meta(DataKey key, long contentBytes, int partBytes, Accepted accepted) {
  byte[] encode() {
    return new Encoder(640)
        .number(contentBytes)
        .number(partBytes)
        .octets(AcceptedCodec.encode(accepted))
        .toBytes();
  }

  static Meta decode(DataKey key, byte[] plain) throws Malformed {
    Decoder from = new Decoder(ByteBuffer.wrap(plain));
    long contentBytes = from.number();
    int partBytes = from.smallNumber();
    if (contentBytes < 0 || partBytes <= 0) {
      throw new Malformed("a content of " + contentBytes + " bytes");
    }
    byte[] accepted = from.octets();
    from.end();
    return new Meta(key, contentBytes, partBytes, AcceptedCodec.decode(ByteBuffer.wrap(accepted)));
  }

  /** How many parts the content has, the last one counted. */
  int partCount() {
    return Math.toIntExact((contentBytes + partBytes - 1) / partBytes);
  }
}

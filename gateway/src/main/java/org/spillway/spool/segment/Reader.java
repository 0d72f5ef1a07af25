package org.spillway.spool.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.spillway.mail.EntryId;
import org.spillway.spool.code.Malformed;
import org.spillway.spool.code.State;
import org.spillway.spool.crypt.DataKey;
import org.spillway.spool.crypt.Nonce;
import org.spillway.spool.crypt.Vault;

/**
 * Reads what records hold. An entry may be copied forward, and its old segment used again, while it
 * is being read: the seal then does not open, and the new place is tried.
 */
final class Reader {
  /** Reads something of an entry from where it lies now. */
  @FunctionalInterface
  interface Reading<T> {
    T from(Slot slot) throws IOException;
  }

  private static final int STATE_NONCE_BYTES = 8;

  private final Segments segments;
  private final Index index;
  private final Vault vault;

  Reader(Segments segments, Index index, Vault vault) {
    this.segments = segments;
    this.index = index;
    this.vault = vault;
  }

  /** Reads from the entry's place, and again when it has moved meanwhile. */
  <T> T read(EntryId id, Reading<T> reading) throws IOException {
    Slot slot = live(id);
    while (true) {
      try {
        return reading.from(slot);
      } catch (IOException e) {
        Slot now = live(id);
        if (now == slot) {
          throw new IOException("entry " + id + " cannot be read: " + e.getMessage(), e);
        }
        slot = now;
      }
    }
  }

  private Slot live(EntryId id) throws IOException {
    return index.find(id).orElseThrow(() -> new IOException("entry " + id + " is gone"));
  }

  private Segment segment(int number) throws IOException {
    return segments.of(number).orElseThrow(() -> new IOException("segment " + number + " is gone"));
  }

  /** All beside the content, as it was accepted. */
  Meta meta(Slot slot) throws IOException {
    int parts = slot.partCount() * LogRecord.PART_BYTES;
    ByteBuffer head =
        segment(slot.segment())
            .read(slot.offset() + RecordHeader.BYTES + parts, slot.aux() - parts);
    return meta(head);
  }

  /** The same from bytes that begin with the wrapped key. */
  Meta meta(ByteBuffer keyAndMeta) throws IOException {
    if (keyAndMeta.remaining() < DataKey.WRAPPED_BYTES) {
      throw new Malformed("no key");
    }
    DataKey key = vault.unwrap(keyAndMeta.slice(keyAndMeta.position(), DataKey.WRAPPED_BYTES));
    ByteBuffer sealed = keyAndMeta.duplicate();
    sealed.position(sealed.position() + DataKey.WRAPPED_BYTES);
    return Meta.decode(key, vault.unseal(key, Nonce.META, sealed));
  }

  /** The last state that was written. */
  State state(Slot slot) throws IOException {
    return State.decode(ByteBuffer.wrap(statePayload(slot.state())));
  }

  /** The plain payload of a record that the session's key seals: RCPT or ATTEMPT. */
  byte[] statePayload(Place place) throws IOException {
    Segment segment = segment(place.segment());
    ByteBuffer record = segment.read(place.offset(), place.length());
    record.position(RecordHeader.BYTES);
    return unsealState(segment.stateKey(), record);
  }

  byte[] unsealState(DataKey key, ByteBuffer payload) throws IOException {
    if (payload.remaining() < STATE_NONCE_BYTES) {
      throw new Malformed("no nonce");
    }
    long nonce = payload.getLong(payload.position());
    ByteBuffer sealed = payload.duplicate();
    sealed.position(sealed.position() + STATE_NONCE_BYTES);
    return vault.unseal(key, Nonce.state(nonce), sealed);
  }

  /** A part of the content that lies in the log, plain. */
  byte[] part(Slot slot, DataKey key, int n) throws IOException {
    return n < slot.partCount()
        ? part(slot.part(n), key, n)
        : vault.unseal(key, Nonce.chunk(n), rest(slot));
  }

  /** A part that is a record of its own, plain. */
  byte[] part(Place place, DataKey key, int n) throws IOException {
    return vault.unseal(key, Nonce.chunk(n), sealedPart(place));
  }

  /** A part that is a record of its own, as it lies there. */
  ByteBuffer sealedPart(Place place) throws IOException {
    ByteBuffer record = segment(place.segment()).read(place.offset(), place.length());
    return record.position(RecordHeader.BYTES);
  }

  private ByteBuffer rest(Slot slot) throws IOException {
    int before = RecordHeader.BYTES + slot.aux();
    return segment(slot.segment()).read(slot.offset() + before, slot.length() - before);
  }

  /** A whole record, as it lies there. */
  ByteBuffer record(Place place) throws IOException {
    return segment(place.segment()).read(place.offset(), place.length());
  }

  Vault vault() {
    return vault;
  }
}

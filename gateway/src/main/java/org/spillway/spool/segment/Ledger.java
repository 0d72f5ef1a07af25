package org.spillway.spool.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.spillway.mail.EntryId;
import org.spillway.spool.Disposition;
import org.spillway.spool.code.Attempt;
import org.spillway.spool.code.State;
import org.spillway.spool.crypt.DataKey;
import org.spillway.spool.crypt.Nonce;
import org.spillway.spool.crypt.Vault;

/**
 * How entries stand, from acceptance to end. A change is seen at once and written soon; of one
 * entry only the newest state is written, whole. Changes and attempts of one entry exclude each
 * other, so that a state record names exactly the attempts that were noted before it and are still
 * open.
 */
final class Ledger {
  private static final int STRIPES = 64;
  private static final int NONCE_BYTES = 8;

  private final Index index;
  private final Fresh fresh;
  private final Reader reader;
  private final LogWriter writer;
  private final OpenAttempts attempts;
  private final DataKey stateKey;
  private final AtomicLong stateNonce = new AtomicLong();
  private final Object[] stripes = new Object[STRIPES];

  Ledger(
      Index index,
      Fresh fresh,
      Reader reader,
      LogWriter writer,
      OpenAttempts attempts,
      DataKey stateKey) {
    this.index = index;
    this.fresh = fresh;
    this.reader = reader;
    this.writer = writer;
    this.attempts = attempts;
    this.stateKey = stateKey;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Object();
    }
  }

  private Object stripe(EntryId id) {
    return stripes[(int) (id.low() & STRIPES - 1)];
  }

  /** How an entry stands now. */
  List<Disposition> standings(Slot slot, Meta meta) throws IOException {
    Optional<Fresh.Known> known = fresh.find(slot.id());
    if (known.isPresent()) {
      return known.get().standings();
    }
    Optional<Lazy> noted = writer.noted(slot.id());
    if (noted.isPresent() && noted.get() instanceof Lazy.Changed changed) {
      return changed.state().standings();
    }
    return reader.read(
        slot.id(), s -> s.hasState() ? reader.state(s).standings() : meta.accepted().standings());
  }

  /** An entry with its meta and standings, remembered for a while. */
  Optional<Fresh.Known> known(EntryId id) throws IOException {
    Optional<Slot> slot = index.find(id);
    if (slot.isEmpty()) {
      return Optional.empty();
    }
    Optional<Fresh.Known> known = fresh.find(id);
    if (known.isPresent()) {
      return known;
    }
    synchronized (stripe(id)) {
      try {
        Meta meta = reader.read(id, reader::meta);
        Fresh.Known read = new Fresh.Known(meta, standings(slot.get(), meta), Optional.empty());
        fresh.put(id, read);
        return Optional.of(read);
      } catch (IOException e) {
        if (index.find(id).isEmpty()) {
          fresh.remove(id);
          return Optional.empty();
        }
        throw e;
      }
    }
  }

  /** Stores how recipients stand from now on; an entry that has ended stays as it is. */
  void settle(EntryId id, Map<Integer, Disposition> changes) throws IOException {
    synchronized (stripe(id)) {
      Optional<Fresh.Known> known = known(id);
      if (known.isEmpty()) {
        return;
      }
      List<Disposition> standings = new ArrayList<>(known.get().standings());
      for (Map.Entry<Integer, Disposition> change : changes.entrySet()) {
        standings.set(change.getKey(), change.getValue());
      }
      attempts.settle(id, changes.keySet());
      if (standings.stream().allMatch(Disposition::isFinal)) {
        end(id);
      } else {
        fresh.standings(id, standings);
        writer.note(changed(new State(standings, attempts.of(id)), id));
      }
    }
  }

  private void end(EntryId id) {
    attempts.end(id);
    // Out of the index before its end is noted: a copy forward that is laid after the end would
    // bring it back, and is not laid for an entry that the index does not know.
    index.remove(id).ifPresent(slot -> writer.note(ended(slot)));
    fresh.remove(id);
  }

  /** Returns once every change that had begun is noted with the writer. */
  void settleDown() {
    for (Object stripe : stripes) {
      synchronized (stripe) {
        continue;
      }
    }
  }

  private static Lazy ended(Slot slot) {
    LogRecord done =
        new LogRecord(RecordType.DONE, 0, slot.id(), slot.seq(), slot.origin(), 0, LogRecord.EMPTY);
    return new Lazy.Ended(done, slot.hasFile());
  }

  private Lazy changed(State state, EntryId id) {
    int flags = state.open().isEmpty() ? 0 : LogRecord.OPEN_ATTEMPTS;
    byte[] payload = sealState(state.encode());
    return new Lazy.Changed(new LogRecord(RecordType.RCPT, flags, id, 0, 0, 0, payload), state);
  }

  private byte[] sealState(byte[] plain) {
    long nonce = stateNonce.incrementAndGet();
    ByteBuffer payload = ByteBuffer.allocate(NONCE_BYTES + plain.length + Vault.TAG_BYTES);
    payload.putLong(nonce);
    reader.vault().seal(stateKey, Nonce.state(nonce), ByteBuffer.wrap(plain), payload);
    return payload.array();
  }

  /** Notes an attempt; returns when it is in the file. */
  void attempt(EntryId id, Attempt attempt) throws IOException {
    Append append;
    OpenAttempts.Open open;
    synchronized (stripe(id)) {
      if (index.find(id).isEmpty()) {
        throw new IOException("entry " + id + " is gone");
      }
      open = attempts.begin(id, attempt);
      append = noteOf(id, attempt, open);
      writer.submit(append);
    }
    switch (append.await()) {
      case Result.Done _ -> {}
      case Result.Full full -> throw undone(id, attempt, full.why());
      case Result.Failed failed -> throw undone(id, attempt, failed.why());
    }
  }

  private IOException undone(EntryId id, Attempt attempt, String why) {
    synchronized (stripe(id)) {
      attempts.settle(id, attempt.recipients());
    }
    return new IOException("an attempt could not be noted: " + why);
  }

  private Append noteOf(EntryId id, Attempt attempt, OpenAttempts.Open open) {
    byte[] payload = sealState(attempt.encode());
    LogRecord record = new LogRecord(RecordType.ATTEMPT, 0, id, 0, 0, 0, payload);
    return new Append(Optional.of(record), Append.Until.WRITTEN, true) {
      @Override
      void written(Stub stub) {
        attempts.written(open, stub.place());
      }
    };
  }

  /** Writes an entry's state again, so that what it has in a segment counts no more there. */
  void moveState(EntryId id, int segment) throws IOException {
    synchronized (stripe(id)) {
      Optional<Slot> slot = index.find(id);
      if (slot.isEmpty()) {
        return;
      }
      Optional<Fresh.Known> known = fresh.find(id);
      Meta meta = known.isPresent() ? known.get().meta() : reader.read(id, reader::meta);
      writer.note(changed(new State(standings(slot.get(), meta), attempts.of(id)), id));
      attempts.movedFrom(id, segment);
    }
  }

  /** What an entry's recipients stand like once the outcomes of its attempts are lost. */
  void lose(EntryId id, List<Attempt> lost, Instant at) throws IOException {
    Optional<Fresh.Known> known = known(id);
    if (known.isEmpty()) {
      return;
    }
    List<Disposition> before = known.get().standings();
    State after = new State(before, lost).withOutcomesLost(at);
    fresh.standings(id, after.standings());
    writer.note(changed(after, id));
  }
}

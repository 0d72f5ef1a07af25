package org.spillway.spool.segment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.spillway.cluster.Lease;
import org.spillway.cluster.Stream;
import org.spillway.mail.EntryId;
import org.spillway.spool.crypt.DataKey;
import org.spillway.spool.disk.NoSpace;

/** What one batch does to the files; used by the writer's thread alone. */
final class Log {
  /**
   * What a log writes with.
   *
   * @param like head of each segment but for its number
   * @param stateKey key of the state records, which the heads carry wrapped
   */
  record Session(Stream stream, Lease lease, Head like, DataKey stateKey) {}

  /** A record in the buffer, and who wanted it. */
  private record Laid(Stub stub, Optional<Append> append, Optional<Lazy> change) {}

  private final Session session;
  private final Segments segments;
  private final Index index;
  private final Tail.Lent lent = new Tail.Lent();
  private final List<Laid> unflushed = new ArrayList<>();
  private final List<EntryId> filesEnded = new ArrayList<>();
  private final ConcurrentLinkedQueue<EntryId> filesToRemove = new ConcurrentLinkedQueue<>();
  private final LongAdder forces = new LongAdder();
  private final LongAdder writes = new LongAdder();
  private List<Laid> waiting = new ArrayList<>();
  private Tail tail;
  private boolean changeRefused;
  private volatile boolean filesWait;
  private Runnable onRoll = () -> {};

  /** Begins a segment of its own; what was written by an earlier process is left alone. */
  Log(Session session, Segments segments, Index index) throws IOException {
    this.session = session;
    this.segments = segments;
    this.index = index;
    tail = segments.begin(session.like(), session.stateKey(), lent, true);
    tail.force();
  }

  /** Called, before the log is used, to be told of each new segment. */
  void onRoll(Runnable told) {
    onRoll = told;
  }

  /** How often the disk was made to flush by batches. */
  long forces() {
    return forces.sum();
  }

  /** How many writes batches took. */
  long writes() {
    return writes.sum();
  }

  /** Content files whose entry has ended, and that is safe by now. */
  ConcurrentLinkedQueue<EntryId> filesToRemove() {
    return filesToRemove;
  }

  /** True when content files only wait for a force to be removed. */
  boolean filesWait() {
    return filesWait;
  }

  /**
   * Writes changes and appends, completes those that wait for the write, forces when somebody waits
   * for that, and completes these. One for which there is no room is completed as Full.
   *
   * @param settled told of each change that is in the file
   * @throws IOException when the log must not be used any more
   */
  void write(List<Lazy> changes, List<Append> batch, Consumer<Lazy> settled) throws IOException {
    changeRefused = false;
    for (Lazy change : changes) {
      lay(change.record(), Optional.empty(), Optional.of(change), settled);
    }
    for (Append append : batch) {
      Optional<LogRecord> record = append.record().filter(_ -> append.isWanted());
      if (record.isPresent()) {
        lay(record.get(), Optional.of(append), Optional.empty(), settled);
      } else if (append.needsForce()) {
        waiting.add(new Laid(NO_STUB, Optional.of(append), Optional.empty()));
      } else {
        append.complete(new Result.Done(Place.NOWHERE, 0));
      }
    }
    flush(settled);
    if (changeRefused) {
      refuseMereForces();
    }
    if (!waiting.isEmpty()) {
      force();
    }
  }

  /** Who asks for all before to be safe is not told so while a change had no room. */
  private void refuseMereForces() {
    Result full = new Result.Full("no room for a change of state");
    waiting.removeIf(
        laid -> {
          boolean mere = laid.stub() == NO_STUB;
          laid.append().filter(_ -> mere).ifPresent(append -> append.complete(full));
          return mere;
        });
  }

  private static final Stub NO_STUB =
      new Stub(RecordType.EVIDENCE, 0, new EntryId(0, 0), 0, 0, 0, Place.NOWHERE, Stub.NO_PARTS);

  private void lay(
      LogRecord record, Optional<Append> append, Optional<Lazy> change, Consumer<Lazy> settled)
      throws IOException {
    try {
      if (!tail.fits(record)) {
        flush(settled);
        roll(record, append.map(Append::isOfOurs).orElse(true));
      } else if (!tail.hasBufferFor(record)) {
        flush(settled);
      }
    } catch (NoSpace e) {
      Result full = new Result.Full(String.valueOf(e.getMessage()));
      append.ifPresent(a -> a.complete(full));
      changeRefused |= change.isPresent();
      return;
    }
    unflushed.add(new Laid(tail.lay(record), append, change));
  }

  private void roll(LogRecord record, boolean ofOurs) throws IOException {
    if (Head.BYTES + record.length() + Stub.footerBytes(record) + Footer.TRAILER_BYTES
        > segments.segmentBytes()) {
      throw new NoSpace("a record of " + record.length() + " bytes is larger than a segment");
    }
    Tail next = segments.begin(session.like(), session.stateKey(), lent, ofOurs);
    try {
      tail.seal(); // forces: no record of the next segment is safe before those of this one
    } catch (NoSpace e) {
      throw new IOException("a segment cannot be sealed", e);
    }
    tail = next;
    onRoll.run();
  }

  private void flush(Consumer<Lazy> settled) throws IOException {
    if (unflushed.isEmpty()) {
      return;
    }
    try {
      var bytes = tail.laid();
      tail.flush();
      writes.increment();
      session.stream().copy(bytes);
    } catch (NoSpace e) {
      Result full = new Result.Full(String.valueOf(e.getMessage()));
      unflushed.forEach(laid -> laid.append().ifPresent(append -> append.complete(full)));
      changeRefused |= unflushed.stream().anyMatch(laid -> laid.change().isPresent());
      unflushed.clear();
      return;
    }
    for (Laid laid : unflushed) {
      written(laid, settled);
    }
    unflushed.clear();
  }

  private void written(Laid laid, Consumer<Lazy> settled) {
    Stub stub = laid.stub();
    if (stub.type() == RecordType.DONE) {
      tail.segment().killed(stub.origin());
    }
    laid.change().ifPresent(change -> changed(change, stub, settled));
    laid.append().ifPresent(append -> appended(laid, append));
  }

  private void changed(Lazy change, Stub stub, Consumer<Lazy> settled) {
    switch (change) {
      case Lazy.Changed _ -> index.state(stub.id(), stub.place());
      case Lazy.Ended ended -> {
        if (ended.hadFile()) {
          filesEnded.add(ended.id());
          filesWait = true;
        }
      }
    }
    settled.accept(change);
  }

  private void appended(Laid laid, Append append) {
    append.placed(laid.stub().place());
    append.written(laid.stub());
    if (append.needsForce()) {
      waiting.add(laid);
    } else {
      append.complete(new Result.Done(laid.stub().place(), 0));
    }
  }

  private void force() throws IOException {
    tail.force();
    forces.increment();
    filesToRemove.addAll(filesEnded);
    filesEnded.clear();
    filesWait = false;
    List<Laid> safe = waiting;
    waiting = new ArrayList<>();
    CompletionStage<Integer> copied = session.stream().copied();
    copied.whenComplete((copies, lost) -> answer(safe, copies, lost));
  }

  /** Runs in this thread when no partner is awaited, else in the one that brings its answer. */
  private void answer(List<Laid> safe, Integer copies, Throwable lost) {
    boolean mayAnswer = session.lease().runs(); // asked last: it may have ended during the force
    for (Laid laid : safe) {
      Append append = laid.append().orElseThrow();
      if (lost != null) {
        append.complete(new Result.Failed("no copy on the partner: " + lost.getMessage()));
      } else if (!mayAnswer) {
        append.complete(new Result.Failed("the lease has ended"));
      } else {
        append.safe(laid.stub());
        append.complete(new Result.Done(laid.stub().place(), copies));
      }
    }
  }

  /** Forces and seals what is there. */
  void close() throws IOException {
    tail.seal();
  }

  /** Lets go of the files without another word to the disk. */
  void abandon() {
    unflushed.clear();
    waiting.clear();
    try {
      tail.abandon();
    } catch (IOException e) {
      // It is broken already, and said so.
    }
  }
}

package org.spillway.spool.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.spillway.mail.EntryId;
import org.spillway.spool.code.Attempt;
import org.spillway.spool.code.State;
import org.spillway.spool.crypt.Vault;
import org.spillway.spool.disk.Disk;
import org.spillway.spool.disk.DiskFile;

/**
 * Finds at the start what an earlier process left: footers of sealed segments, a scan of the
 * others, which are sealed with that. Records are taken in the order in which they were written, so
 * the last word on an entry is the right one.
 */
final class Recovery {
  static final Pattern NAME = Pattern.compile("seg-(\\d{1,9})\\.log");

  private final Disk disk;
  private final Segments segments;
  private final Index index;
  private final Reader reader;
  private final Map<EntryId, Place> early = new HashMap<>();
  private final Map<EntryId, List<Place>> attempts = new HashMap<>();
  private final Map<EntryId, Place> statesWithAttempts = new HashMap<>();
  private long lastSeq;
  private ByteBuffer stubBytes = ByteBuffer.allocate(1 << 16);

  Recovery(Disk disk, Segments segments, Index index, Reader reader) {
    this.disk = disk;
    this.segments = segments;
    this.index = index;
    this.reader = reader;
  }

  /** Reads the log's directory into segments and index. */
  void run(Path directory, UUID store) throws IOException {
    TreeMap<Integer, Segment> found = new TreeMap<>();
    for (Path file : disk.list(directory)) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches()) {
        segments.nameTaken(Integer.parseInt(name.group(1)));
        open(file, store).ifPresent(segment -> found.put(segment.number(), segment));
      }
    }
    found.values().forEach(segments::found);
    for (Segment segment : found.values()) {
      for (Stub stub : stubs(segment)) {
        apply(stub);
      }
    }
    forgetTheDead();
  }

  private Optional<Segment> open(Path file, UUID store) throws IOException {
    long size;
    Head.Kind kind;
    try (DiskFile opened = disk.openToRead(file)) {
      size = opened.sizeBytes();
      kind = Head.decode(opened.readFully(ByteBuffer.allocate(512), 0));
    }
    return switch (kind) {
      case Head.Kind.Free _ -> {
        segments.foundFree(file, size);
        yield Optional.empty();
      }
      case Head.Kind.Damaged damaged ->
          throw new IOException(file + " is no segment: " + damaged.why() + "; move it away");
      case Head.Kind.Used used -> {
        if (!used.head().store().equals(store)) {
          throw new IOException(file + " belongs to another store: " + used.head().store());
        }
        Vault vault = reader.vault();
        yield Optional.of(
            new Segment(used.head(), file, vault.unwrap(used.head().wrappedKey()), disk));
      }
    };
  }

  private List<Stub> stubs(Segment segment) throws IOException {
    Optional<Footer> footer = Footer.read(segment.reader(), segment.head());
    if (footer.isPresent()) {
      segment.endsAt(footer.get().end());
      segment.seal();
      return footer.get().stubs();
    }
    List<Stub> stubs = new ArrayList<>();
    stubBytes.clear();
    int end = Scan.run(segment.reader(), segment.head(), (stub, _) -> take(stub, stubs));
    seal(segment, stubs.size(), end);
    return stubs;
  }

  private void take(Stub stub, List<Stub> stubs) {
    stubs.add(stub);
    if (stubBytes.remaining() < 64 + stub.parts().length * Integer.BYTES) {
      stubBytes = ByteBuffer.allocate(stubBytes.capacity() * 2).put(stubBytes.flip());
    }
    stub.write(stubBytes);
  }

  /** What follows the end is dead from now on, whatever it looks like. */
  private void seal(Segment segment, int count, int end) throws IOException {
    ByteBuffer footer = Footer.encode(stubBytes.flip(), count, end, segment.head());
    try (DiskFile file = disk.open(segment.path())) {
      file.force(); // what the scan saw may be in the page cache alone
      file.writeFully(footer, segment.sizeBytes() - footer.remaining());
      file.force();
    }
    segment.endsAt(end);
    segment.seal();
  }

  /**
   * Takes one record. A state may stand before the PUT_COMMIT that it belongs to, since that may
   * have been copied forward and its first segment be gone; such states are kept until the end.
   *
   * <pre>
   *   record      entry unknown                entry known
   *   PUT_COMMIT  live, in the state kept      it lies there now, its state stays
   *   RCPT        kept                         it stands so; attempts before it are in it, or settled
   *   ATTEMPT     one more without an outcome  the same
   *   DONE        what was kept is dropped     it is gone
   * </pre>
   */
  void apply(Stub stub) {
    EntryId id = stub.id();
    switch (stub.type()) {
      case PUT_COMMIT -> {
        Slot before = index.find(id).orElseGet(() -> Slot.of(stub));
        Slot now = before.movedTo(stub);
        Optional<Place> kept = Optional.ofNullable(early.remove(id));
        index.put(kept.map(now::withState).orElse(now));
        lastSeq = Math.max(lastSeq, stub.seq());
      }
      case RCPT -> state(stub);
      case ATTEMPT -> attempts.computeIfAbsent(id, _ -> new ArrayList<>(1)).add(stub.place());
      case DONE -> {
        index.remove(id);
        early.remove(id);
        attempts.remove(id);
        statesWithAttempts.remove(id);
        segments.of(stub.place().segment()).ifPresent(s -> s.killed(stub.origin()));
      }
      case PUT_CHUNK, EVIDENCE -> {}
    }
  }

  private void state(Stub stub) {
    EntryId id = stub.id();
    if (index.find(id).isPresent()) {
      index.state(id, stub.place());
    } else {
      early.put(id, stub.place());
    }
    attempts.remove(id);
    if ((stub.flags() & LogRecord.OPEN_ATTEMPTS) != 0) {
      statesWithAttempts.put(id, stub.place());
    } else {
      statesWithAttempts.remove(id);
    }
  }

  private void forgetTheDead() {
    early.clear();
    attempts.keySet().removeIf(id -> index.find(id).isEmpty());
    statesWithAttempts.keySet().removeIf(id -> index.find(id).isEmpty());
  }

  /** Number of the last acceptance. */
  long lastSeq() {
    return lastSeq;
  }

  /** Segments that hold the record of such an attempt: they stay until its loss is noted. */
  Set<Integer> withLostAttempts() {
    return attempts.values().stream()
        .flatMap(List::stream)
        .map(Place::segment)
        .collect(Collectors.toSet());
  }

  /** Attempts whose outcome was lost, by entry. */
  Map<EntryId, List<Attempt>> lostAttempts() throws IOException {
    Map<EntryId, List<Attempt>> lost = new HashMap<>();
    for (Map.Entry<EntryId, Place> state : statesWithAttempts.entrySet()) {
      byte[] payload = reader.statePayload(state.getValue());
      lost.computeIfAbsent(state.getKey(), _ -> new ArrayList<>())
          .addAll(State.decode(ByteBuffer.wrap(payload)).open());
    }
    for (Map.Entry<EntryId, List<Place>> entry : attempts.entrySet()) {
      for (Place place : entry.getValue()) {
        byte[] payload = reader.statePayload(place);
        lost.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>())
            .add(Attempt.decode(ByteBuffer.wrap(payload)));
      }
    }
    return lost;
  }
}

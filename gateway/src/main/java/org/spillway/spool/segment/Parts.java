package org.spillway.spool.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spillway.cluster.Stream;
import org.spillway.mail.EntryId;
import org.spillway.spool.crypt.DataKey;
import org.spillway.spool.crypt.Nonce;
import org.spillway.spool.crypt.Vault;
import org.spillway.spool.disk.DiskFile;
import org.spillway.spool.disk.NoSpace;

/**
 * The parts of a draft that no longer fit its buffer: records of the log at first, and a file of
 * their own once the content is long. What the log had by then is copied into the file, so that an
 * entry is either here or there.
 */
final class Parts {
  /** Where parts go. */
  record Target(LogWriter writer, Segments segments, Reader reader, Shelf shelf, Stream stream) {}

  private final EntryId id;
  private final DataKey key;
  private final Target target;
  private final List<Place> places = new ArrayList<>();
  private final List<Segment> pinned = new ArrayList<>();
  private Optional<DiskFile> file = Optional.empty();
  private long fileBytes;
  private int count;

  Parts(EntryId id, DataKey key, Target target) {
    this.id = id;
    this.key = key;
    this.target = target;
  }

  int count() {
    return count;
  }

  boolean inFile() {
    return file.isPresent();
  }

  List<Place> places() {
    return places;
  }

  /** Seals the next part into an array. */
  byte[] seal(ByteBuffer plain) {
    byte[] sealed = new byte[plain.remaining() + Vault.TAG_BYTES];
    target.reader().vault().seal(key, Nonce.chunk(count), plain, ByteBuffer.wrap(sealed));
    return sealed;
  }

  /** Stores the next part where the parts are. */
  void add(ByteBuffer plain) throws IOException {
    byte[] sealed = seal(plain);
    if (file.isPresent()) {
      append(file.get(), ByteBuffer.wrap(sealed));
    } else {
      places.add(log(sealed));
    }
    count++;
  }

  private Place log(byte[] sealed) throws IOException {
    LogRecord chunk = new LogRecord(RecordType.PUT_CHUNK, 0, id, count, 0, 0, sealed);
    Result result =
        target
            .writer()
            .append(
                new Append(Optional.of(chunk), Append.Until.WRITTEN, false) {
                  @Override
                  void written(Stub stub) {
                    pin(stub.place());
                  }
                });
    return switch (result) {
      case Result.Done done -> done.place();
      case Result.Full full -> throw new NoSpace(full.why());
      case Result.Failed failed -> throw new IOException(failed.why());
    };
  }

  private void pin(Place place) {
    Segment segment = target.segments().of(place.segment()).orElseThrow();
    segment.pin();
    pinned.add(segment);
  }

  /** From now on all parts are in a file of their own, those before as well. */
  void moveToFile() throws IOException {
    DiskFile fresh = target.shelf().create(id);
    file = Optional.of(fresh);
    for (Place place : places) {
      append(fresh, target.reader().sealedPart(place));
    }
    places.clear();
    unpin();
  }

  private void append(DiskFile to, ByteBuffer sealed) throws IOException {
    int bytes = sealed.remaining();
    ByteBuffer copy = sealed.duplicate();
    target.shelf().write(to, sealed, fileBytes);
    target.stream().copyAside(Shelf.name(id), fileBytes, copy);
    fileBytes += bytes;
  }

  /** A part that was stored, plain again. */
  byte[] part(int n, int partBytes) throws IOException {
    if (file.isEmpty()) {
      return target.reader().part(places.get(n), key, n);
    }
    int sealedBytes = partBytes + Vault.TAG_BYTES;
    ByteBuffer sealed =
        file.get().readFully(ByteBuffer.allocate(sealedBytes), (long) n * sealedBytes);
    return target.reader().vault().unseal(key, Nonce.chunk(n), sealed);
  }

  /** Makes the file, if there is one, outlast a power cut: before the record that names it. */
  void force() throws IOException {
    if (file.isPresent()) {
      target.shelf().force(file.get());
    }
  }

  private void unpin() {
    pinned.forEach(Segment::unpin);
    pinned.clear();
  }

  /** Lets go; what no record names is removed. */
  void close(boolean committed) throws IOException {
    unpin();
    if (file.isPresent()) {
      file.get().close();
      if (!committed) {
        target.shelf().remove(id, fileBytes);
      }
      file = Optional.empty();
    }
  }
}

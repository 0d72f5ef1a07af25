package org.spillway.spool.segment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.spillway.mail.Content;
import org.spillway.mail.EntryId;
import org.spillway.spool.Draft;
import org.spillway.spool.Receipt;
import org.spillway.spool.crypt.DataKey;
import org.spillway.spool.crypt.Nonce;
import org.spillway.spool.crypt.Vault;
import org.spillway.spool.disk.NoSpace;

/**
 * A message that is coming in: at most one part of it in the heap, what came before sealed on disk.
 * One short enough is a single record, written by its commit.
 */
final class SegmentDraft implements Draft {
  private static final int FIRST_BYTES = 16 << 10;

  /**
   * What all drafts share.
   *
   * @param partBytes most that a draft keeps in the heap
   * @param bodyFileBytes contents above this are files
   * @param refusal why nothing is accepted now
   * @param seq numbers acceptances
   */
  record Desk(
      Parts.Target target,
      Index index,
      Fresh fresh,
      int partBytes,
      long bodyFileBytes,
      Supplier<Optional<Receipt>> refusal,
      LongSupplier seq) {}

  private final EntryId id;
  private final Desk desk;
  private final DataKey key;
  private final Parts parts;
  private byte[] buffer;
  private int buffered;
  private Optional<Receipt> failed = Optional.empty();
  private boolean committed;
  private boolean closed;

  SegmentDraft(EntryId id, Desk desk) {
    this.id = id;
    this.desk = desk;
    key = desk.target().reader().vault().fresh();
    parts = new Parts(id, key, desk.target());
    buffer = new byte[Math.min(FIRST_BYTES, desk.partBytes())];
  }

  private long contentBytes() {
    return (long) parts.count() * desk.partBytes() + buffered;
  }

  @Override
  public void write(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      if (failed.isPresent() || closed || committed) {
        bytes.position(bytes.limit()); // the commit says why
        return;
      }
      if (buffered == desk.partBytes()) {
        spill();
        continue;
      }
      makeRoom(bytes.remaining());
      int count = Math.min(bytes.remaining(), buffer.length - buffered);
      bytes.get(buffer, buffered, count);
      buffered += count;
    }
  }

  private void makeRoom(int wanted) {
    if (buffered + wanted > buffer.length && buffer.length < desk.partBytes()) {
      int least = (int) Math.min(buffered + (long) wanted, desk.partBytes());
      buffer = Arrays.copyOf(buffer, Math.min(desk.partBytes(), Math.max(least, buffered * 2)));
    }
  }

  private void spill() {
    try {
      if (contentBytes() > desk.bodyFileBytes() && !parts.inFile()) {
        parts.moveToFile();
      }
      parts.add(ByteBuffer.wrap(buffer, 0, buffered));
      buffered = 0;
    } catch (IOException e) {
      failed = Optional.of(receiptOf(e));
    }
  }

  private static Receipt receiptOf(IOException e) {
    String why = String.valueOf(e.getMessage());
    return e instanceof NoSpace ? new Receipt.Full(why) : new Receipt.NotSafe(why);
  }

  @Override
  public Content content() throws IOException {
    if (failed.isPresent()) {
      throw new IOException("the draft failed: " + failed.get());
    }
    return new SoFar(contentBytes());
  }

  @Override
  public Receipt commit(Accepted accepted) {
    Optional<Receipt> refusal = failed.or(desk.refusal());
    if (refusal.isPresent() || committed || closed) {
      return refusal.orElse(new Receipt.NotSafe("the draft is over"));
    }
    try {
      Meta meta = new Meta(key, contentBytes(), desk.partBytes(), accepted);
      return append(meta, record(meta));
    } catch (IOException e) {
      return receiptOf(e);
    }
  }

  private LogRecord record(Meta meta) throws IOException {
    if (meta.contentBytes() > desk.bodyFileBytes() && !parts.inFile()) {
      parts.moveToFile();
    }
    if (parts.inFile() && buffered > 0) {
      parts.add(ByteBuffer.wrap(buffer, 0, buffered));
      buffered = 0;
    }
    forceFile();
    byte[] plainMeta = meta.encode();
    int partBytes = parts.places().size() * LogRecord.PART_BYTES;
    int aux = partBytes + DataKey.WRAPPED_BYTES + plainMeta.length + Vault.TAG_BYTES;
    int rest = parts.inFile() || buffered == 0 ? 0 : buffered + Vault.TAG_BYTES;
    ByteBuffer payload = ByteBuffer.allocate(aux + rest);
    for (Place part : parts.places()) {
      payload.putInt(part.segment()).putInt(part.offset()).putInt(part.length());
    }
    payload.put(key.wrapped());
    Vault vault = desk.target().reader().vault();
    vault.seal(key, Nonce.META, ByteBuffer.wrap(plainMeta), payload);
    if (rest > 0) {
      ByteBuffer plain = ByteBuffer.wrap(buffer, 0, buffered);
      vault.seal(key, Nonce.chunk(parts.count()), plain, payload);
    }
    int flags = parts.places().size() << LogRecord.PARTS_SHIFT;
    int file = parts.inFile() ? LogRecord.FILE : 0;
    long seq = desk.seq().getAsLong();
    return new LogRecord(RecordType.PUT_COMMIT, flags | file, id, seq, 0, aux, payload.array());
  }

  private void forceFile() throws IOException {
    try {
      parts.force();
    } catch (NoSpace e) {
      throw e;
    } catch (IOException e) {
      desk.target().writer().breakLog("forcing a content file failed: " + e);
      throw e;
    }
  }

  private Receipt append(Meta meta, LogRecord record) {
    boolean whole = parts.count() == 0;
    Optional<byte[]> plain = whole ? Optional.of(buffer) : Optional.empty();
    Fresh.Known known = new Fresh.Known(meta, meta.accepted().standings(), plain);
    Append append =
        new Append(Optional.of(record), Append.Until.FORCED, false) {
          @Override
          void safe(Stub stub) {
            desk.fresh().put(id, known);
            desk.index().put(Slot.of(stub));
          }
        };
    committed = true;
    return switch (desk.target().writer().append(append)) {
      case Result.Done done -> new Receipt.Safe(id, done.copies());
      case Result.Full full -> full(full.why());
      case Result.Failed failure -> notSafe(failure.why(), append.place(), record);
    };
  }

  private Receipt full(String why) {
    committed = false;
    failed = Optional.of(new Receipt.Full(why));
    return failed.get();
  }

  /** Its record may be on disk: while the log works it is ended there; its file goes with it. */
  private Receipt notSafe(String why, Place place, LogRecord record) {
    failed = Optional.of(new Receipt.NotSafe(why));
    LogWriter writer = desk.target().writer();
    if (!place.equals(Place.NOWHERE) && writer.broken().isEmpty()) {
      LogRecord done =
          new LogRecord(RecordType.DONE, 0, id, record.seq(), place.segment(), 0, LogRecord.EMPTY);
      writer.note(new Lazy.Ended(done, parts.inFile()));
    }
    return failed.get();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    buffer = LogRecord.EMPTY;
    try {
      parts.close(committed);
    } catch (IOException e) {
      // The file is named by no record: the next start removes it.
    }
  }

  /** What has come so far. */
  private final class SoFar implements Content {
    private final long sizeBytes;

    private SoFar(long sizeBytes) {
      this.sizeBytes = sizeBytes;
    }

    @Override
    public long sizeBytes() {
      return sizeBytes;
    }

    @Override
    public InputStream open() throws IOException {
      if (closed) {
        throw new IOException("the draft is closed");
      }
      PartsStream.Source source =
          new PartsStream.Source() {
            @Override
            public byte[] part(int n) throws IOException {
              return n < parts.count()
                  ? parts.part(n, desk.partBytes())
                  : Arrays.copyOf(buffer, buffered);
            }

            @Override
            public void close() {
              // The draft holds what there is.
            }
          };
      return new PartsStream(source, sizeBytes);
    }
  }
}

package org.spillway.spool.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.spillway.mail.Content;
import org.spillway.mail.EntryId;
import org.spillway.spool.Draft;
import org.spillway.spool.Receipt;
import org.spillway.spool.crypt.DataKey;
import org.spillway.spool.crypt.Nonce;
import org.spillway.spool.crypt.Vault;
import org.spillway.spool.disk.DiskFile;
import org.spillway.spool.disk.NoSpace;

/** A message on its way into a file of its own. */
final class FileDraft implements Draft {
  private final EntryId id;
  private final FileSpool spool;
  private final DataKey key;
  private final ByteBuffer buffer = ByteBuffer.allocate(EntryFiles.PART_BYTES);
  private Optional<DiskFile> file = Optional.empty();
  private Optional<Receipt> failed = Optional.empty();
  private long fileBytes;
  private int parts;
  private boolean closed;

  FileDraft(EntryId id, FileSpool spool) {
    this.id = id;
    this.spool = spool;
    key = spool.vault().fresh();
  }

  @Override
  public void write(ByteBuffer bytes) {
    while (bytes.hasRemaining() && failed.isEmpty()) {
      if (!buffer.hasRemaining()) {
        attempt(this::spill);
        continue;
      }
      int count = Math.min(bytes.remaining(), buffer.remaining());
      buffer.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
    }
    bytes.position(bytes.limit());
  }

  private interface Step {
    void run() throws IOException;
  }

  private void attempt(Step step) {
    try {
      step.run();
    } catch (NoSpace e) {
      failed = Optional.of(new Receipt.Full(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      failed = Optional.of(new Receipt.NotSafe(e.toString()));
    }
  }

  private void spill() throws IOException {
    byte[] sealed = new byte[buffer.position() + Vault.TAG_BYTES];
    spool.vault().seal(key, Nonce.chunk(parts), buffer.flip(), ByteBuffer.wrap(sealed));
    append(ByteBuffer.wrap(sealed));
    parts++;
    buffer.clear();
  }

  private void append(ByteBuffer bytes) throws IOException {
    if (file.isEmpty()) {
      file = Optional.of(spool.files().create(id));
    }
    int count = bytes.remaining();
    file.get().writeFully(bytes, fileBytes);
    fileBytes += count;
  }

  private long contentBytes() {
    return (long) parts * EntryFiles.PART_BYTES + buffer.position();
  }

  @Override
  public Content content() {
    long size = contentBytes();
    return new Content() {
      @Override
      public long sizeBytes() {
        return size;
      }

      @Override
      public InputStream open() throws IOException {
        return soFar();
      }
    };
  }

  private InputStream soFar() throws IOException {
    if (closed) {
      throw new IOException("the draft is closed");
    }
    InputStream rest = new ByteArrayInputStream(buffer.array().clone(), 0, buffer.position());
    if (parts == 0) {
      return rest;
    }
    long bytes = (long) parts * EntryFiles.PART_BYTES;
    return new SequenceInputStream(
        spool.files().parts(spool.files().openDraft(id), key, bytes), rest);
  }

  @Override
  public Receipt commit(Accepted accepted) {
    Optional<Receipt> refusal = failed.or(spool::refusal);
    if (refusal.isPresent() || closed) {
      return refusal.orElse(new Receipt.NotSafe("the draft is over"));
    }
    long bytes = contentBytes();
    attempt(
        () -> {
          if (buffer.position() > 0) {
            spill();
          }
          append(spool.files().seal(key, bytes, accepted));
        });
    if (failed.isPresent()) {
      return failed.get();
    }
    try {
      file.orElseThrow().force();
    } catch (IOException e) {
      spool.breakSpool(e);
      return new Receipt.NotSafe(e.toString());
    }
    Receipt receipt = spool.accept(id, spool.files().draftPath(id));
    failed = Optional.of(new Receipt.NotSafe("the draft is over"));
    return receipt;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (file.isPresent()) {
        file.get().close();
        spool.files().removeDraft(id);
      }
    } catch (IOException e) {
      // The next start removes it.
    }
  }
}

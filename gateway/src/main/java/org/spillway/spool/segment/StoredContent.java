package org.spillway.spool.segment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.spillway.mail.Content;
import org.spillway.mail.EntryId;
import org.spillway.spool.crypt.DataKey;
import org.spillway.spool.crypt.Nonce;
import org.spillway.spool.crypt.Vault;
import org.spillway.spool.disk.DiskFile;

/** The content of an entry: out of the heap while it is fresh, else from where it lies. */
final class StoredContent implements Content {
  private final EntryId id;
  private final Meta meta;
  private final Fresh fresh;
  private final Reader reader;
  private final Shelf shelf;

  StoredContent(EntryId id, Meta meta, Fresh fresh, Reader reader, Shelf shelf) {
    this.id = id;
    this.meta = meta;
    this.fresh = fresh;
    this.reader = reader;
    this.shelf = shelf;
  }

  @Override
  public long sizeBytes() {
    return meta.contentBytes();
  }

  @Override
  public InputStream open() throws IOException {
    Optional<byte[]> known = fresh.find(id).flatMap(Fresh.Known::content);
    if (known.isPresent()) {
      return new ByteArrayInputStream(known.get(), 0, (int) meta.contentBytes());
    }
    boolean hasFile = reader.read(id, Slot::hasFile);
    PartsStream.Source source =
        hasFile
            ? new FileParts(shelf.open(id), meta.key(), meta.partBytes(), reader.vault())
            : new LogParts();
    return new PartsStream(source, meta.contentBytes());
  }

  /** Parts in the log; each is looked up anew, since the entry may move. */
  private final class LogParts implements PartsStream.Source {
    @Override
    public byte[] part(int n) throws IOException {
      return reader.read(id, slot -> reader.part(slot, meta.key(), n));
    }

    @Override
    public void close() {
      // Nothing is held open.
    }
  }

  /** Parts in a file of their own, which stays readable while it is open. */
  record FileParts(DiskFile file, DataKey key, int partBytes, Vault vault)
      implements PartsStream.Source {
    @Override
    public byte[] part(int n) throws IOException {
      int sealedBytes = partBytes + Vault.TAG_BYTES;
      ByteBuffer sealed = ByteBuffer.allocate(sealedBytes);
      return vault.unseal(key, Nonce.chunk(n), file.readFully(sealed, (long) n * sealedBytes));
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}

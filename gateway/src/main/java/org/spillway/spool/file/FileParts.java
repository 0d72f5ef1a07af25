package org.spillway.spool.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.spillway.spool.crypt.DataKey;
import org.spillway.spool.crypt.Nonce;
import org.spillway.spool.crypt.Vault;
import org.spillway.spool.disk.DiskFile;

/** Sealed parts of a file as one stream of plain bytes. */
final class FileParts extends InputStream {
  private static final int SEALED_BYTES = EntryFiles.PART_BYTES + Vault.TAG_BYTES;

  private final DiskFile file;
  private final DataKey key;
  private final Vault vault;
  private long left;
  private int next;
  private byte[] part = {};
  private int at;

  FileParts(DiskFile file, DataKey key, long contentBytes, Vault vault) {
    this.file = file;
    this.key = key;
    this.vault = vault;
    left = contentBytes;
  }

  private boolean isAtEnd() throws IOException {
    if (at == part.length && left > 0) {
      int length = (int) Math.min(left, EntryFiles.PART_BYTES);
      ByteBuffer sealed = ByteBuffer.allocate(length + Vault.TAG_BYTES);
      file.readFully(sealed, (long) next * SEALED_BYTES);
      part = vault.unseal(key, Nonce.chunk(next++), sealed);
      at = 0;
      left -= part.length;
    }
    return at == part.length;
  }

  @Override
  public int read() throws IOException {
    return isAtEnd() ? -1 : part[at++] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (isAtEnd()) {
      return -1;
    }
    int count = Math.min(length, part.length - at);
    System.arraycopy(part, at, target, offset, count);
    at += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

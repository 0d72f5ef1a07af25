package org.spillway.guard.grey;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The greylist's memory on disk: appended to at each change, written anew when most of it is stale.
 * A killed process loses nothing; a power cut may lose the last seconds, and then somebody waits
 * once more, which is no harm that would be worth an fsync. Used by one thread at a time.
 */
final class GreyFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GreyFile.class);
  private static final int SLACK_RECORDS = 4096;

  private final Path path;
  private FileChannel file;
  private long records;

  private GreyFile(Path path, FileChannel file, long records) {
    this.path = path;
    this.file = file;
    this.records = records;
  }

  /** Opens the file and shows what it holds; one that is not ours is set aside. */
  static GreyFile open(Path path, BiConsumer<GreyKey, GreyRow> each) throws IOException {
    GreyRecords.Read read =
        Files.exists(path)
            ? GreyRecords.read(ByteBuffer.wrap(Files.readAllBytes(path)), each)
            : new GreyRecords.Read(false, 0, 0);
    if (!read.ours()) {
      if (Files.exists(path)) {
        Path aside = path.resolveSibling(path.getFileName() + ".bad");
        LOG.warn("{} is no greylist; it is now {}, and greylisting begins anew", path, aside);
        Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
      }
      return new GreyFile(path, fresh(path, Map.of()), 0);
    }
    if (read.damaged() > 0) {
      LOG.warn("{} has {} damaged records, which are left out", path, read.damaged());
    }
    FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE);
    file.truncate(read.whole()); // a crash cut the last record short
    file.position(read.whole());
    long records = (read.whole() - GreyRecords.HEAD_BYTES) / GreyRecords.RECORD_BYTES;
    return new GreyFile(path, file, records);
  }

  private static FileChannel fresh(Path path, Map<GreyKey, GreyRow> rows) throws IOException {
    Path beside = path.resolveSibling(path.getFileName() + ".new");
    FileChannel file =
        FileChannel.open(
            beside,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE));
    try {
      ByteBuffer bytes =
          ByteBuffer.allocate(GreyRecords.HEAD_BYTES + rows.size() * GreyRecords.RECORD_BYTES);
      bytes.put(GreyRecords.head());
      rows.forEach((key, row) -> GreyRecords.put(bytes, key, row));
      write(file, bytes.flip());
      file.force(true);
      Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel directory = FileChannel.open(path.toAbsolutePath().getParent())) {
        directory.force(true);
      }
      return file;
    } catch (IOException | RuntimeException broken) {
      file.close();
      throw broken;
    }
  }

  private static void write(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  /** Keeps a row; {@code all} is everything that is known, with it. */
  void keep(GreyKey key, GreyRow row, Map<GreyKey, GreyRow> all) throws IOException {
    if (records > 2L * all.size() + SLACK_RECORDS) {
      FileChannel compact = fresh(path, all);
      file.close();
      file = compact;
      records = all.size();
      return;
    }
    ByteBuffer bytes = ByteBuffer.allocate(GreyRecords.RECORD_BYTES);
    GreyRecords.put(bytes, key, row);
    write(file, bytes.flip());
    records++;
  }

  @Override
  public void close() throws IOException {
    try (FileChannel closing = file) {
      closing.force(false);
    }
  }
}

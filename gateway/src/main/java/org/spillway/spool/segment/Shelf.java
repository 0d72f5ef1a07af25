package org.spillway.spool.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.spillway.mail.EntryId;
import org.spillway.spool.disk.Disk;
import org.spillway.spool.disk.DiskFile;

/** The contents that are files of their own: sealed parts one after the other, named by entry. */
final class Shelf {
  private static final String SUFFIX = ".body";

  private final Disk disk;
  private final Path directory;
  private final AtomicLong usedBytes = new AtomicLong();

  Shelf(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  static String name(EntryId id) {
    return id + SUFFIX;
  }

  private Path path(EntryId id) {
    return directory.resolve(name(id));
  }

  DiskFile create(EntryId id) throws IOException {
    return disk.open(path(id));
  }

  DiskFile open(EntryId id) throws IOException {
    return disk.openToRead(path(id));
  }

  /** Writes a part and counts it. */
  void write(DiskFile file, ByteBuffer part, long position) throws IOException {
    int bytes = part.remaining();
    file.writeFully(part, position);
    usedBytes.addAndGet(bytes);
  }

  /** Makes a finished file outlast a power cut: the file, then the name that leads to it. */
  void force(DiskFile file) throws IOException {
    file.force();
    disk.forceDirectory(directory);
  }

  void remove(EntryId id, long sizeBytes) throws IOException {
    disk.delete(path(id));
    usedBytes.addAndGet(-sizeBytes);
  }

  long size(EntryId id) throws IOException {
    try (DiskFile file = open(id)) {
      return file.sizeBytes();
    }
  }

  long usedBytes() {
    return usedBytes.get();
  }

  void found(long sizeBytes) {
    usedBytes.addAndGet(sizeBytes);
  }

  /** The files that are there; other files in the directory are not touched. */
  List<EntryId> all() throws IOException {
    return disk.list(directory).stream()
        .map(file -> file.getFileName().toString())
        .filter(name -> name.endsWith(SUFFIX))
        .map(name -> EntryId.parse(name.substring(0, name.length() - SUFFIX.length())))
        .flatMap(Optional::stream)
        .toList();
  }
}

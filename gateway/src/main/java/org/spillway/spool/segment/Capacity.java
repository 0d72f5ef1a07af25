package org.spillway.spool.segment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.spillway.spool.Room;
import org.spillway.spool.Watermarks;
import org.spillway.spool.disk.Disk;

/** How much the spool may hold, and how much of that it does. */
final class Capacity {
  private final Disk disk;
  private final Path directory;
  private final OptionalLong limitBytes;
  private final Shelf shelf;
  private final Watermarks watermarks = new Watermarks();
  private volatile long freeBytes;

  Capacity(Disk disk, Path directory, OptionalLong limitBytes, Shelf shelf) throws IOException {
    this.disk = disk;
    this.directory = directory;
    this.limitBytes = limitBytes;
    this.shelf = shelf;
    look();
  }

  /** Asks the file system again what is free. */
  void look() throws IOException {
    freeBytes = disk.freeBytes(directory);
  }

  /** True when the log may grow: the file system itself says no when it is full. */
  boolean allows(long heldBytes, long moreBytes) {
    return heldBytes + shelf.usedBytes() + moreBytes <= limitBytes.orElse(Long.MAX_VALUE);
  }

  /** The room there is, by what was last seen of the file system. */
  Room room(Segments segments) {
    long used = segments.usedBytes() + shelf.usedBytes();
    long reachable = used + segments.spareBytes() + freeBytes;
    return watermarks.look(used, Math.min(reachable, limitBytes.orElse(Long.MAX_VALUE)));
  }
}

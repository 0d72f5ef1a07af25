package org.spillway.spool.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.spillway.spool.disk.Disk;
import org.spillway.spool.disk.DiskFile;
import org.spillway.spool.disk.NoSpace;

/**
 * A disk in memory that can go wrong: it knows which bytes and which names were forced, and when
 * its power is cut only those are sure; of the others each sector and each name is kept or lost by
 * chance. It can also fail a force, run full, and write less than it was given.
 */
final class FaultyDisk implements Disk {
  private static final int SECTOR = 512;

  /** One file's bytes as they are seen, and as they are on the platter. */
  private static final class Inode {
    private byte[] seen = {};
    private byte[] sure = {};
    private final List<long[]> unsure = new ArrayList<>();
  }

  private final Map<Path, Inode> names = new HashMap<>();
  private final Map<Path, Inode> sureNames = new HashMap<>();
  private boolean off;
  private boolean shortWrites;
  private int forcesUntilFailure = Integer.MAX_VALUE;
  private long capacity = Long.MAX_VALUE / 2;
  private final List<String> journal = new ArrayList<>();
  private boolean journalled;

  /** Every write returns early. */
  synchronized void writeShort() {
    shortWrites = true;
  }

  /** The n-th force from now fails, and each after it would succeed. */
  synchronized void failForce(int n) {
    forcesUntilFailure = n;
  }

  /** No file may grow once all files together hold so many bytes. */
  synchronized void capacity(long bytes) {
    capacity = bytes;
  }

  /** Notes writes and forces from now on. */
  synchronized void startJournal() {
    journalled = true;
  }

  /** What was noted: {@code write NAME}, {@code force NAME}. */
  synchronized List<String> journal() {
    return List.copyOf(journal);
  }

  private void note(String what, Path file) {
    if (journalled) {
      journal.add(what + " " + file.getFileName());
    }
  }

  /** Everything fails from now on. */
  synchronized void turnOff() {
    off = true;
  }

  /** What is left when the power comes back; sectors and names not forced are kept by chance. */
  synchronized FaultyDisk afterPowerCut(RandomGenerator chance) {
    off = true;
    double kept = chance.nextInt(4) / 3.0; // none, some, most, all
    FaultyDisk after = new FaultyDisk();
    after.capacity = capacity;
    Set<Path> all = new HashSet<>(names.keySet());
    all.addAll(sureNames.keySet());
    for (Path name : all) {
      Map<Path, Inode> from = chance.nextDouble() < kept ? names : sureNames;
      if (from.containsKey(name)) {
        Inode left = left(from.get(name), chance, kept);
        after.names.put(name, left);
        after.sureNames.put(name, left);
      }
    }
    return after;
  }

  private static Inode left(Inode file, RandomGenerator chance, double kept) {
    byte[] bytes = file.sure;
    for (long[] range : file.unsure) {
      for (long at = range[0]; at < range[1]; at = (at / SECTOR + 1) * SECTOR) {
        if (chance.nextDouble() < kept) {
          int end = (int) Math.min(range[1], (at / SECTOR + 1) * SECTOR);
          bytes = bytes.length < end ? Arrays.copyOf(bytes, end) : bytes;
          System.arraycopy(file.seen, (int) at, bytes, (int) at, end - (int) at);
        }
      }
    }
    Inode left = new Inode();
    left.seen = bytes.clone();
    left.sure = bytes.clone();
    return left;
  }

  /** A copy as it is seen now, with everything sure. */
  synchronized FaultyDisk copy() {
    FaultyDisk copy = new FaultyDisk();
    names.forEach(
        (name, file) -> {
          Inode same = new Inode();
          same.seen = file.seen.clone();
          same.sure = file.seen.clone();
          copy.names.put(name, same);
          copy.sureNames.put(name, same);
        });
    return copy;
  }

  /** A file's bytes, to be looked at or spoilt. */
  synchronized byte[] bytes(Path file) {
    return names.get(file).seen;
  }

  synchronized Set<Path> files() {
    return Set.copyOf(names.keySet());
  }

  private void check() throws IOException {
    if (off) {
      throw new IOException("the power is off");
    }
  }

  private long held() {
    return names.values().stream().mapToLong(file -> file.seen.length).sum();
  }

  @Override
  public void makeDirectory(Path directory) {
    // Directories are always there.
  }

  @Override
  public synchronized DiskFile open(Path file) throws IOException {
    check();
    return new Open(file, names.computeIfAbsent(file, _ -> new Inode()), true);
  }

  @Override
  public synchronized DiskFile openToRead(Path file) throws IOException {
    check();
    Inode inode = names.get(file);
    if (inode == null) {
      throw new NoSuchFileException(file.toString());
    }
    return new Open(file, inode, false);
  }

  @Override
  public synchronized void delete(Path file) throws IOException {
    check();
    names.remove(file);
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    check();
    names.put(to, names.remove(from));
  }

  @Override
  public synchronized List<Path> list(Path directory) throws IOException {
    check();
    return names.keySet().stream().filter(file -> file.getParent().equals(directory)).toList();
  }

  @Override
  public synchronized void forceDirectory(Path directory) throws IOException {
    check();
    sureNames.keySet().removeIf(file -> file.getParent().equals(directory));
    names.forEach(
        (file, inode) -> {
          if (file.getParent().equals(directory)) {
            sureNames.put(file, inode);
          }
        });
  }

  @Override
  public synchronized long freeBytes(Path directory) {
    return Math.max(0, capacity - held());
  }

  private final class Open implements DiskFile {
    private final Path name;
    private final Inode inode;
    private final boolean mayWrite;
    private boolean closed;

    private Open(Path name, Inode inode, boolean mayWrite) {
      this.name = name;
      this.inode = inode;
      this.mayWrite = mayWrite;
    }

    private void usable() throws IOException {
      check();
      if (closed) {
        throw new IOException(name + " is closed");
      }
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      synchronized (FaultyDisk.this) {
        usable();
        if (position >= inode.seen.length) {
          return -1;
        }
        int count = (int) Math.min(target.remaining(), inode.seen.length - position);
        target.put(inode.seen, (int) position, count);
        return count;
      }
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      synchronized (FaultyDisk.this) {
        usable();
        if (!mayWrite) {
          throw new IOException(name + " was opened to be read");
        }
        int count = shortWrites ? Math.min(source.remaining(), 700) : source.remaining();
        long end = position + count;
        if (end > inode.seen.length) {
          if (held() + end - inode.seen.length > capacity) {
            throw new NoSpace("no space left on this disk");
          }
          inode.seen = Arrays.copyOf(inode.seen, (int) end);
        }
        source.get(inode.seen, (int) position, count);
        inode.unsure.add(new long[] {position, end});
        note("write", name);
        return count;
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (FaultyDisk.this) {
        usable();
        if (--forcesUntilFailure == 0) {
          throw new IOException("Input/output error");
        }
        for (long[] range : inode.unsure) {
          int end = (int) range[1];
          inode.sure = inode.sure.length < end ? Arrays.copyOf(inode.sure, end) : inode.sure;
          System.arraycopy(
              inode.seen, (int) range[0], inode.sure, (int) range[0], end - (int) range[0]);
        }
        inode.unsure.clear();
        note("force", name);
      }
    }

    @Override
    public long sizeBytes() throws IOException {
      synchronized (FaultyDisk.this) {
        usable();
        return inode.seen.length;
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}

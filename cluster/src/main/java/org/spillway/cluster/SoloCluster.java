package org.spillway.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A cluster of one: it owns its one stream for ever, its lease always runs, and one copy is all
 * there is. A lock on the data directory makes sure that it is alone.
 */
public final class SoloCluster implements Cluster {
  private static final String STORE_FILE = "store-id";
  private static final String EPOCH_FILE = "stream-epoch";
  private static final long ONLY_STREAM = 1;

  private final String node;
  private final Path directory;
  private final UUID storeId;
  private final FileChannel lock;

  private SoloCluster(String node, Path directory, UUID storeId, FileChannel lock) {
    this.node = node;
    this.directory = directory;
    this.storeId = storeId;
    this.lock = lock;
  }

  /**
   * Opens a data directory, and makes it with a new store id when it is not there.
   *
   * @throws IOException when it cannot be written or another process has it open
   */
  public static SoloCluster open(Path directory, String node) throws IOException {
    SafeFile.makeDirectory(directory.toAbsolutePath());
    FileChannel lock = lock(directory);
    try {
      return new SoloCluster(node, directory, storeId(directory), lock);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    Path file = directory.resolve("lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException held) {
      // The same answer, when it is this very process.
    }
    channel.close();
    throw new IOException(directory + " is in use by another process");
  }

  private static UUID storeId(Path directory) throws IOException {
    Path file = directory.resolve(STORE_FILE);
    if (Files.exists(file)) {
      return parseId(file);
    }
    UUID fresh = UUID.randomUUID();
    SafeFile.write(file, fresh.toString());
    return fresh;
  }

  private static UUID parseId(Path file) throws IOException {
    try {
      return UUID.fromString(Files.readString(file).strip());
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " does not hold a store id", e);
    }
  }

  @Override
  public String node() {
    return node;
  }

  @Override
  public UUID storeId() {
    return storeId;
  }

  @Override
  public synchronized Stream openStream() throws IOException {
    Path file = directory.resolve(EPOCH_FILE);
    int epoch = 1;
    if (Files.exists(file)) {
      epoch = parseEpoch(file) + 1;
    }
    SafeFile.write(file, Integer.toString(epoch));
    return new SoloStream(ONLY_STREAM, epoch);
  }

  private static int parseEpoch(Path file) throws IOException {
    try {
      return Integer.parseInt(Files.readString(file).strip());
    } catch (NumberFormatException e) {
      throw new IOException(file + " does not hold an epoch", e);
    }
  }

  @Override
  public Lease lease() {
    return lock::isOpen;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private record SoloStream(long number, int epoch) implements Stream {
    private static final CompletionStage<Integer> HERE = CompletableFuture.completedStage(1);

    @Override
    public void copy(ByteBuffer records) {
      // There is nobody to give it to.
    }

    @Override
    public void copyAside(String file, long position, ByteBuffer bytes) {
      // There is nobody to give it to.
    }

    @Override
    public CompletionStage<Integer> copied() {
      return HERE;
    }
  }
}

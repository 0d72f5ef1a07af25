package org.spillway.spool.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A channel of the JDK. An interrupt closes such a channel under the hands of every reader, so a
 * read that finds it closed opens it anew and goes on; a write or a force never does: only threads
 * that nobody interrupts may write.
 */
final class JdkFile implements DiskFile {
  private final Path path;
  private final OpenOption[] options;
  private FileChannel channel;
  private boolean closed;

  JdkFile(Path path, OpenOption... options) throws IOException {
    this.path = path;
    this.options = options;
    channel = FileChannel.open(path, options);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        FileChannel now = channel();
        try {
          return now.read(target, position);
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
          reopen(now);
        } catch (ClosedChannelException e) {
          reopen(now);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized FileChannel channel() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    return channel;
  }

  private synchronized void reopen(FileChannel lost) throws IOException {
    if (!closed && channel == lost) {
      channel = FileChannel.open(path, options);
    }
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    try {
      return channel().write(source, position);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      throw isFull(e) ? new NoSpace(e.getMessage()) : e;
    }
  }

  private static boolean isFull(IOException e) {
    String words = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return words.contains("no space left") || words.contains("quota exceeded");
  }

  @Override
  public void force() throws IOException {
    channel().force(false);
  }

  @Override
  public long sizeBytes() throws IOException {
    return channel().size();
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    channel.close();
  }
}

package org.spillway.control.socket;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * The socket's place in the file system. It is bound inside a directory that only we may enter,
 * made 0600 there, and then renamed to where it belongs: at no moment can another user connect, and
 * a stale socket of a node that died is replaced in one step.
 */
final class SocketFile {
  private static final int LONGEST_PATH = 107; // sun_path of Linux, less its final NUL
  private static final int BACKLOG = 16;

  private final Path path;
  private final Object key;

  private SocketFile(Path path, Object key) {
    this.path = path;
    this.key = key;
  }

  /** What was bound, and where. */
  record Bound(ServerSocketChannel channel, SocketFile file) {}

  /** Binds; throws with a sentence when another node answers there or the path is too long. */
  static Bound bind(Path path) throws IOException {
    if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
      throw new IOException(
          "The path of the control socket, "
              + path
              + ", is longer than "
              + LONGEST_PATH
              + " bytes; choose a shorter data directory.");
    }
    if (isAnswered(path)) {
      throw new FileAlreadyExistsException(
          path.toString(), null, "another Spillway runs with this data directory; stop it first");
    }
    Path directory = privateDirectory(path.toAbsolutePath().getParent());
    Path born = directory.resolve("s");
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(born), BACKLOG);
      Files.setPosixFilePermissions(born, PosixFilePermissions.fromString("rw-------"));
      Files.move(born, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return new Bound(channel, new SocketFile(path, key(path)));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    } finally {
      Files.deleteIfExists(born);
      Files.deleteIfExists(directory);
    }
  }

  private static Path privateDirectory(Path parent) throws IOException {
    return Files.createTempDirectory(
        parent,
        ".c",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static boolean isAnswered(Path path) {
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return probe.isConnected();
    } catch (IOException nobody) {
      return false;
    }
  }

  private static Object key(Path path) throws IOException {
    return Objects.requireNonNull(
        Files.readAttributes(path, BasicFileAttributes.class).fileKey(), "file key");
  }

  /** Takes the socket away, unless another node has put its own there since. */
  void delete() throws IOException {
    if (Files.exists(path) && key(path).equals(key)) {
      Files.delete(path);
    }
  }
}

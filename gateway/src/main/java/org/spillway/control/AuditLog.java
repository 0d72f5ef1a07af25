package org.spillway.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The audit as a file of its own: one JSON object a line, only ever appended to and forced to disk
 * before {@link #note} returns. Each line's {@code prev} is the SHA-256 of the line before it, so
 * that a line that was changed or taken out shows ({@link #verify}).
 */
public final class AuditLog implements Audit, AutoCloseable {
  private static final String FIRST = "0".repeat(64);

  private final FileChannel file;
  private final ReentrantLock lock = new ReentrantLock();
  private String prev;
  private long written;

  private AuditLog(FileChannel file, String prev, long written) {
    this.file = file;
    this.prev = prev;
    this.written = written;
  }

  /** Opens the file to append to it; made with mode 0600 when it is missing. */
  public static AuditLog open(Path path) throws IOException {
    FileChannel file =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      long size = file.size();
      if (size == 0) {
        forceDirectory(path.toAbsolutePath().getParent());
        return new AuditLog(file, FIRST, 0);
      }
      String last = lastLine(path, size);
      if (!last.endsWith("\n")) { // a crash cut the line short: it stays, and is chained over
        size += file.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
      }
      return new AuditLog(
          file, sha256(last.endsWith("\n") ? last.substring(0, last.length() - 1) : last), size);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String lastLine(Path path, long size) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(path.toFile(), "r")) {
      long start = size - 1;
      while (start > 0 && byteAt(in, start - 1) != '\n') {
        start--;
      }
      byte[] line = new byte[(int) (size - start)];
      in.seek(start);
      in.readFully(line);
      return new String(line, StandardCharsets.UTF_8);
    }
  }

  private static int byteAt(RandomAccessFile in, long at) throws IOException {
    in.seek(at);
    return in.read();
  }

  @Override
  public void note(List<Line> lines) throws IOException {
    lock.lock();
    try {
      StringBuilder text = new StringBuilder();
      String head = prev;
      for (Line line : lines) {
        String json = Json.text(cells(line, head));
        text.append(json).append('\n');
        head = sha256(json);
      }
      ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
      long end = written + bytes.remaining();
      // A note that failed half way is written over by the next one: nobody acted on it.
      for (long at = written; bytes.hasRemaining(); ) {
        at += file.write(bytes, at);
      }
      file.truncate(end);
      file.force(false);
      written = end;
      prev = head;
    } finally {
      lock.unlock();
    }
  }

  private static Map<String, Object> cells(Line line, String prev) {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("at", line.at().toString());
    cells.put("who", line.who());
    cells.put("what", line.what());
    cells.put("before", line.before());
    cells.put("after", line.after());
    cells.put("why", line.why());
    cells.put("prev", prev);
    return cells;
  }

  /** Checks the chain of a file; empty when it holds, else the first line that breaks it. */
  public static Optional<String> verify(Path path) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8))) {
      String prev = FIRST;
      long number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        Optional<Map<String, Object>> cells = Json.read(line.getBytes(StandardCharsets.UTF_8));
        // A line that a crash cut short is no JSON; the next line names it all the same.
        if (cells.isPresent() && !prev.equals(cells.get().get("prev"))) {
          return Optional.of(path + ":" + number + ": does not follow from the line before it");
        }
        prev = sha256(line);
      }
      return Optional.empty();
    }
  }

  private static String sha256(String line) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(line.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

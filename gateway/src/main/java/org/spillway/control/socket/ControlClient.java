package org.spillway.control.socket;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.spillway.control.Json;

/** Asks a running node. Rows are handed on as they come, none is kept. */
public final class ControlClient {
  private static final int LONGEST_ROW = 4 << 20;

  private final Path path;

  /**
   * @param path of the node's socket
   */
  public ControlClient(Path path) {
    this.path = path;
  }

  /** Nobody listens at the socket. */
  public static final class NotRunning extends IOException {
    private static final long serialVersionUID = 1;

    NotRunning(Path path, IOException cause) {
      super("No Spillway answers at " + path + " (" + cause.getMessage() + ")", cause);
    }
  }

  /**
   * Asks and waits for the end of the answer.
   *
   * @param row takes each row
   * @param progress takes each sign of life of a long order
   */
  public End ask(
      Request request, Consumer<Map<String, Object>> row, Consumer<Map<String, Object>> progress)
      throws IOException {
    try (SocketChannel channel = connect()) {
      send(channel, request);
      InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 64 << 10);
      while (true) {
        Map<String, Object> answer = line(in);
        if (answer.get("row") instanceof Map<?, ?> cells) {
          row.accept(copy(cells));
        } else if (answer.get("progress") instanceof Map<?, ?> cells) {
          progress.accept(copy(cells));
        } else if (answer.get("end") instanceof Map<?, ?> cells) {
          return end(cells);
        }
      }
    }
  }

  private static void send(SocketChannel channel, Request request) throws IOException {
    ByteBuffer line = ByteBuffer.wrap((request.text() + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException refused) {
      // a node with too many commands answers and closes without reading: its answer is there
      channel.shutdownOutput();
    }
  }

  private SocketChannel connect() throws IOException {
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(path));
    } catch (IOException e) {
      if (Files.exists(path) && !Files.isWritable(path)) {
        throw new IOException(
            "You may not use " + path + "; ask as root or as the node's user.", e);
      }
      throw new NotRunning(path, e);
    }
  }

  private static Map<String, Object> line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || line.size() == LONGEST_ROW) {
        throw new IOException("The node broke off in the middle of its answer; ask again.");
      }
      line.write(b);
    }
    return Json.read(line.toByteArray())
        .orElseThrow(() -> new IOException("The node's answer is not understood."));
  }

  private static End end(Map<?, ?> cells) {
    Optional<Exit> exit = cells.get("exit") instanceof Long code ? Exit.of(code) : Optional.empty();
    Object say = cells.get("say");
    return new End(exit.orElse(Exit.FAILED), say instanceof String text ? text : "");
  }

  private static Map<String, Object> copy(Map<?, ?> cells) {
    Map<String, Object> copy = new LinkedHashMap<>();
    cells.forEach((key, value) -> copy.put(key.toString(), value));
    return copy;
  }
}

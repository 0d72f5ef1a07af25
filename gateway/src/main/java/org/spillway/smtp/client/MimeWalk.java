package org.spillway.smtp.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Goes through a message by its MIME structure (RFC 2046 §5.1, §5.2.1), a piece of a line at a
 * time, and tells a {@link Visitor} what it meets. Bounded: 64 levels, 512 KiB for one header
 * section; past them {@link Visitor#obstacle} is told and the walk ends.
 *
 * <pre>
 *  state     on                         then
 *  HEAD      empty line                 FILLER for a multipart, HEAD for a message, else LEAF
 *  any       --boundary of any level    HEAD of the next part
 *  any       --boundary--               FILLER of the level above
 * </pre>
 */
final class MimeWalk {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_HEAD = 512 << 10;

  private final LineChunks chunks;
  private final Visitor visitor;
  private final List<String> boundaries = new ArrayList<>();
  private State state = State.HEAD;
  private EntityHead head = new EntityHead();
  private int headBytes;
  private int heads;
  private boolean messageHead = true;
  private boolean lineOpen;
  private boolean stopped;

  private enum State {
    HEAD,
    LEAF,
    FILLER
  }

  /** Is told what stands in the message, in order. */
  interface Visitor {
    /** A header section; {@code top} for a message's own, {@code leaf} when no parts follow. */
    void head(EntityHead head, boolean top, boolean leaf) throws IOException;

    /** A piece of a leaf's body; {@code newLine} when a line end of the body stands before it. */
    void leaf(LineChunks piece, boolean newLine) throws IOException;

    /**
     * The leaf is over; {@code lineEnd} when its last line was ended, {@code atEnd} of the content.
     */
    void leafEnd(boolean lineEnd, boolean atEnd) throws IOException;

    /** Preamble, epilogue or a boundary line. */
    void filler(LineChunks piece) throws IOException;

    /** It cannot be walked further. */
    void obstacle(String why);
  }

  MimeWalk(InputStream in, Visitor visitor) {
    this.chunks = new LineChunks(in);
    this.visitor = visitor;
  }

  void run() throws IOException {
    while (!stopped && chunks.advance()) {
      Optional<Integer> level = chunks.isStart() ? boundaryLevel() : Optional.empty();
      if (level.isPresent()) {
        boundary(level.get());
      } else {
        line();
      }
    }
    if (stopped) {
      return;
    }
    if (state == State.HEAD) {
      closeHead(false);
    }
    leave(true);
  }

  private void line() throws IOException {
    switch (state) {
      case HEAD -> headLine();
      case LEAF -> {
        visitor.leaf(chunks, chunks.isStart() && lineOpen);
        lineOpen = chunks.isEnded();
      }
      case FILLER -> visitor.filler(chunks);
    }
  }

  private void headLine() throws IOException {
    if (chunks.isStart() && chunks.length() == 0) {
      closeHead(true);
      return;
    }
    headBytes += chunks.length() + 2;
    if (headBytes > MAX_HEAD || !chunks.isStart() || !chunks.isEnded()) {
      stop("a header section or a line of it is too long");
      return;
    }
    head.add(chunks.bytes(), chunks.length());
  }

  private void closeHead(boolean body) throws IOException {
    EntityHead closed = head;
    closed.close();
    head = new EntityHead();
    headBytes = 0;
    boolean top = messageHead;
    heads++;
    Optional<String> boundary =
        closed.mediaType().startsWith("multipart/") ? closed.boundary() : Optional.empty();
    boolean nested = isMessage(closed) && closed.isIdentity();
    messageHead = nested;
    if (boundaries.size() >= MAX_DEPTH || heads > 10_000) {
      stop("its parts are nested too deep or too many");
      return;
    }
    visitor.head(closed, top, boundary.isEmpty() && !nested);
    boundary.ifPresent(boundaries::add);
    state = boundary.isPresent() ? State.FILLER : nested && body ? State.HEAD : State.LEAF;
    lineOpen = false;
  }

  private static boolean isMessage(EntityHead head) {
    return head.mediaType().equals("message/rfc822") || head.mediaType().equals("message/global");
  }

  private void boundary(int level) throws IOException {
    if (state == State.HEAD) {
      closeHead(false);
    }
    leave(false);
    String line = text();
    boolean last = line.startsWith("--" + boundaries.get(level) + "--");
    int keep = last ? level : level + 1;
    while (boundaries.size() > keep) {
      boundaries.removeLast();
    }
    visitor.filler(chunks);
    state = last ? State.FILLER : State.HEAD;
  }

  private void leave(boolean atEnd) throws IOException {
    if (state == State.LEAF) {
      visitor.leafEnd(lineOpen, atEnd);
    }
    lineOpen = false;
  }

  /** RFC 2046 §5.1.2: a boundary of an outer level ends the inner ones too. */
  private Optional<Integer> boundaryLevel() {
    if (chunks.length() < 3 || chunks.bytes()[0] != '-' || chunks.bytes()[1] != '-') {
      return Optional.empty();
    }
    String line = text();
    for (int level = boundaries.size() - 1; level >= 0; level--) {
      String delimiter = "--" + boundaries.get(level);
      if (line.startsWith(delimiter) && isEnd(line.substring(delimiter.length()))) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  private static boolean isEnd(String rest) {
    return rest.isBlank() || rest.startsWith("--") && rest.substring(2).isBlank();
  }

  private String text() {
    return new String(chunks.bytes(), 0, chunks.length(), StandardCharsets.ISO_8859_1);
  }

  private void stop(String why) {
    stopped = true;
    visitor.obstacle(why);
  }
}

package org.spillway.smtp;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads message content from the wire as it comes: undoes dot-stuffing, finds the end of data and
 * makes sure that lines end in CRLF and nothing else. What it hands on never holds a CR or LF
 * alone, and is the same however the input was cut.
 *
 * <p>{@code CR LF . CR LF} is the only end of data (RFC 5321 §4.1.1.4); every look-alike with a
 * bare CR or LF in it is a problem or, by the rules, a line break inside the message.
 *
 * <pre>
 * state      | '.'            | CR       | LF            | other
 * LINE_START | DOT            | CR       | bare, TEXT    | TEXT
 * DOT        | emit '.', TEXT | DOT_CR   | bare, TEXT    | TEXT       the period is dropped
 * DOT_CR     | bare, TEXT     | bare, CR | the end       | bare, TEXT
 * TEXT       | TEXT           | CR       | bare, TEXT    | TEXT
 * CR         | bare, TEXT     | bare, CR | CRLF, LINE_START | bare, TEXT
 * </pre>
 *
 * In chunks (RFC 3030) there is no dot-stuffing: LINE_START is then as TEXT.
 */
public final class ContentScanner {
  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] DOT = {'.'};

  /** Why content is no good. */
  public enum Problem {
    /** A CR or LF alone. */
    BARE_LINE_END,
    /** A NUL byte. */
    NUL,
    /** A line over the limit. */
    LONG_LINE
  }

  private enum State {
    LINE_START,
    DOT,
    DOT_CR,
    TEXT,
    CR
  }

  private final ContentRules rules;
  private final ContentSink sink;
  private final boolean dots;
  private State state = State.LINE_START;
  private int lineBytes;
  private Optional<Problem> problem = Optional.empty();
  private boolean ended;

  private ContentScanner(ContentRules rules, ContentSink sink, boolean dots) {
    this.rules = rules;
    this.sink = sink;
    this.dots = dots;
  }

  /** Reads what follows DATA. */
  public static ContentScanner data(ContentRules rules, ContentSink sink) {
    return new ContentScanner(rules, sink, true);
  }

  /** Reads the octets of BDAT chunks, one after the other. */
  public static ContentScanner chunks(ContentRules rules, ContentSink sink) {
    return new ContentScanner(rules, sink, false);
  }

  /**
   * Consumes bytes up to the end of data or of the buffer, which must be backed by an array.
   *
   * @return true when the end of data was read; the rest is left in the buffer
   */
  public boolean scan(ByteBuffer in) {
    byte[] bytes = in.array();
    int base = in.arrayOffset();
    int at = base + in.position();
    int end = base + in.limit();
    while (at < end && !ended) {
      at =
          state == State.TEXT || !dots && state == State.LINE_START
              ? text(bytes, at, end)
              : special(bytes, at, end);
    }
    in.position(at - base);
    return ended;
  }

  /** After the last chunk: a last line without its CRLF gets one, so that content ends in one. */
  public void finish() {
    if (state == State.CR) {
      bare();
      state = State.LINE_START;
    } else if (state == State.TEXT && lineBytes > 0) {
      lineEnd();
    }
  }

  /** What is wrong with it so far; once there is something, no more content is handed on. */
  public Optional<Problem> problem() {
    return problem;
  }

  /** Hands on bytes up to the next that needs thought, with whole lines among them. */
  private int text(byte[] bytes, int from, int end) {
    int at = from;
    int lineFrom = from - lineBytes;
    state = State.TEXT;
    while (at < end && state == State.TEXT) {
      int b = bytes[at] & 0xff;
      if (b > '\r' || b != '\r' && b != '\n' && b != 0) {
        at++;
      } else if (isPlainLineEnd(bytes, at, end)) {
        at += 2;
        checkLine(at - lineFrom);
        lineFrom = at;
        state = dots && (at == end || bytes[at] == '.') ? State.LINE_START : State.TEXT;
      } else {
        break;
      }
    }
    emit(bytes, from, at - from);
    lineBytes = at - lineFrom;
    checkLine(lineBytes);
    return at < end && state == State.TEXT ? control(bytes[at], at) : at;
  }

  private static boolean isPlainLineEnd(byte[] bytes, int at, int end) {
    return bytes[at] == '\r' && at + 1 < end && bytes[at + 1] == '\n';
  }

  /** A CR, LF or NUL met in text. */
  private int control(byte b, int at) {
    if (b == '\r') {
      state = State.CR;
    } else if (b == '\n') {
      bare();
    } else {
      nul();
    }
    return at + 1;
  }

  /** One byte in a state other than TEXT. */
  private int special(byte[] bytes, int at, int end) {
    byte b = bytes[at];
    return switch (state) {
      case LINE_START -> {
        state = b == '.' ? State.DOT : State.TEXT;
        yield b == '.' ? at + 1 : at;
      }
      case DOT -> {
        if (b == '.') {
          emit(DOT, 0, 1); // RFC 5321 §4.5.2: the first of two is taken away
          lineBytes = 1;
        }
        state = b == '\r' ? State.DOT_CR : State.TEXT;
        yield b == '.' || b == '\r' ? at + 1 : at;
      }
      case DOT_CR -> {
        ended = b == '\n'; // RFC 5321 §4.1.1.4
        if (!ended) {
          bare();
        }
        yield ended ? at + 1 : at;
      }
      case CR -> {
        if (b == '\n') {
          lineEnd();
        } else {
          bare();
        }
        yield b == '\n' ? at + 1 : at;
      }
      case TEXT -> text(bytes, at, end);
    };
  }

  private void lineEnd() {
    emit(CRLF, 0, 2);
    checkLine(lineBytes + 2);
    lineBytes = 0;
    state = State.LINE_START;
  }

  /** A CR or LF alone; what follows is never at the start of a line as far as periods go. */
  private void bare() {
    if (rules.mendBareLines()) {
      emit(CRLF, 0, 2);
    } else {
      note(Problem.BARE_LINE_END);
    }
    lineBytes = 0;
    state = State.TEXT;
  }

  private void nul() {
    if (!rules.dropNul()) {
      note(Problem.NUL);
    }
    state = State.TEXT;
  }

  private void checkLine(int length) {
    if (length > rules.lineBytes()) {
      note(Problem.LONG_LINE);
    }
  }

  private void note(Problem what) {
    if (problem.isEmpty()) {
      problem = Optional.of(what);
    }
  }

  private void emit(byte[] bytes, int offset, int length) {
    if (length > 0 && problem.isEmpty()) {
      sink.accept(bytes, offset, length);
    }
  }
}

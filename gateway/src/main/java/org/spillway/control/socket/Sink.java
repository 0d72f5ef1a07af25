package org.spillway.control.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;
import org.spillway.control.BulkResult;

/** Hands rows to an answer from code that knows of no client, and counts them. */
final class Sink implements Consumer<Map<String, Object>> {
  /** The client has gone away. */
  static final class Gone extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    Gone(IOException cause) {
      super(cause);
    }
  }

  private final Answer answer;
  private long rows;

  Sink(Answer answer) {
    this.answer = answer;
  }

  @Override
  public void accept(Map<String, Object> cells) {
    try {
      answer.row(cells);
      rows++;
    } catch (IOException e) {
      throw new Gone(e);
    }
  }

  void progress(BulkResult sofar) {
    try {
      answer.progress(Rows.of(sofar));
    } catch (IOException e) {
      throw new Gone(e);
    }
  }

  long rows() {
    return rows;
  }
}

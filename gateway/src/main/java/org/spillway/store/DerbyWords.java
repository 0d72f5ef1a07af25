package org.spillway.store;

import java.io.Writer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where Derby's own log goes instead of a file in the working directory. */
public final class DerbyWords {
  private static final Logger LOG = LoggerFactory.getLogger("org.apache.derby");

  private DerbyWords() {}

  /** Called by Derby, by name ({@code derby.stream.error.method}). */
  public static Writer writer() {
    return new Lines();
  }

  private static final class Lines extends Writer {
    private static final int MOST = 4_000;
    private final StringBuilder line = new StringBuilder();

    @Override
    public void write(char[] text, int from, int length) {
      synchronized (line) {
        for (int i = from; i < from + length; i++) {
          if (text[i] == '\n') {
            say();
          } else if (line.length() < MOST) {
            line.append(text[i]);
          }
        }
      }
    }

    private void say() {
      if (!line.toString().isBlank()) {
        LOG.debug("{}", line);
      }
      line.setLength(0);
    }

    @Override
    public void flush() {
      // a line is said when it ends
    }

    @Override
    public void close() {
      // nothing to close
    }
  }
}

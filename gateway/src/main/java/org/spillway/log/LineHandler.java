package org.spillway.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** Turns a record of java.util.logging into one of our lines. */
final class LineHandler extends Handler {
  private static final int MOST_STACK = 1900;

  private final EventLog log;
  private final SimpleFormatter words = new SimpleFormatter();

  LineHandler(EventLog log) {
    this.log = log;
  }

  @Override
  public void publish(LogRecord said) {
    if (!isLoggable(said)) {
      return;
    }
    EventLog.Line line =
        log.open()
            .put("level", LogSetup.word(said.getLevel()))
            .put("logger", said.getLoggerName() == null ? "" : said.getLoggerName())
            .put("msg", words.formatMessage(said));
    if (said.getThrown() != null) {
      line.put("thrown", stack(said.getThrown()));
    }
    if (said.getLevel().intValue() >= Level.WARNING.intValue()) {
      line.writeNow();
    } else {
      line.write();
    }
  }

  /** The trace as one value, so that a line stays a line. */
  private static String stack(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text
        .toString()
        .lines()
        .limit(30)
        .map(String::strip)
        .reduce((a, b) -> a + " | " + b)
        .stream()
        .map(all -> all.substring(0, Math.min(all.length(), MOST_STACK)))
        .findFirst()
        .orElse("");
  }

  @Override
  public void flush() {
    // lines go out within 200 ms
  }

  @Override
  public void close() {
    // the sink is closed by who made it
  }
}

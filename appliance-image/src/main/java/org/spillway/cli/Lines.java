package org.spillway.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Consumer;

/** Shows each row at once, in lines of its own. */
record Lines(PrintWriter out, Consumer<Map<String, Object>> print) implements ClientCommand.View {
  @Override
  public void show(Map<String, Object> row) {
    print.accept(row);
  }

  @Override
  public void close() {
    out.flush();
  }

  /** {@code key=value key=value}. */
  static String facts(Map<?, ?> facts) {
    StringBuilder text = new StringBuilder();
    facts.forEach(
        (key, value) -> {
          String safe = Words.safe(value.toString());
          boolean quoted = safe.isEmpty() || safe.indexOf(' ') >= 0;
          text.append(' ').append(key).append('=');
          text.append(quoted ? "\"" + safe.replace("\"", "'") + "\"" : safe);
        });
    return text.isEmpty() ? "" : text.substring(1);
  }
}

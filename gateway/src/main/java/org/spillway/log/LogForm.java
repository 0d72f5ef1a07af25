package org.spillway.log;

/** The form of a log line. */
public enum LogForm {
  /** Words as {@code key=value}, quoted where needed (logfmt). */
  TEXT {
    @Override
    void open(StringBuilder line) {}

    @Override
    void field(StringBuilder line, String key, String value) {
      separate(line, ' ');
      line.append(key).append('=');
      if (Escape.isPlain(value)) {
        line.append(value);
      } else {
        Escape.quote(line, value);
      }
    }

    @Override
    void field(StringBuilder line, String key, long value) {
      separate(line, ' ');
      line.append(key).append('=').append(value);
    }

    @Override
    void close(StringBuilder line) {
      line.append('\n');
    }
  },
  /** One JSON object a line (RFC 8259). */
  JSON {
    @Override
    void open(StringBuilder line) {
      line.append('{');
    }

    @Override
    void field(StringBuilder line, String key, String value) {
      begin(line, key);
      Escape.quote(line, value);
    }

    @Override
    void field(StringBuilder line, String key, long value) {
      begin(line, key);
      line.append(value);
    }

    @Override
    void close(StringBuilder line) {
      line.append("}\n");
    }
  };

  abstract void open(StringBuilder line);

  abstract void field(StringBuilder line, String key, String value);

  abstract void field(StringBuilder line, String key, long value);

  abstract void close(StringBuilder line);

  private static void separate(StringBuilder line, char with) {
    if (!line.isEmpty()) {
      line.append(with);
    }
  }

  private static void begin(StringBuilder line, String key) {
    if (line.length() > 1) {
      line.append(',');
    }
    line.append('"').append(key).append("\":");
  }
}

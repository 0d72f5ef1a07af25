package org.spillway.smtp.server;

import java.util.Arrays;

/**
 * Gathers the header section as it streams in: up to and with the empty line (RFC 5322 §2.1). When
 * the first line is no field there is no header section, and what was gathered is body.
 */
final class HeaderBuffer {
  private byte[] bytes = new byte[2048];
  private int length;
  private int lineStart;
  private boolean complete;
  private boolean missing;

  /**
   * Takes bytes up to the end of the header section.
   *
   * @return how many were taken
   */
  int take(byte[] source, int offset, int count) {
    for (int i = 0; i < count && !complete; i++) {
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, length * 2);
      }
      byte b = source[offset + i];
      bytes[length++] = b;
      if (b == '\n') {
        line();
      }
      if (complete) {
        return i + 1;
      }
    }
    return count;
  }

  private void line() {
    if (lineStart == 0 && length > 2 && !HeaderFields.isField(bytes, length)) {
      complete = true;
      missing = true;
    } else if (length - lineStart == 2) {
      complete = true; // only CRLF on the line
    }
    lineStart = length;
  }

  /** True once the end was seen. */
  boolean isComplete() {
    return complete;
  }

  /** True when there is no header section: everything gathered belongs to the body. */
  boolean isMissing() {
    return missing;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }
}

package org.spillway.smtp;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes content for DATA as it streams by: a line that begins with a period gets a second one (RFC
 * 5321 §4.5.2). The content must have CRLF line ends; it may be cut anywhere.
 */
public final class DotStuffer {
  private static final byte[] END = {'.', '\r', '\n'};
  private final OutputStream out;
  private boolean lineStart = true;
  private boolean afterCr;

  /** Begins at the start of a message. */
  public DotStuffer(OutputStream out) {
    this.out = out;
  }

  /** Takes the next bytes of the content. */
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    int from = offset;
    for (int i = offset; i < end; i++) {
      byte b = bytes[i];
      if (b > '.') {
        lineStart = false;
        continue;
      }
      if (b == '.' && lineStart) {
        out.write(bytes, from, i - from);
        out.write('.');
        from = i;
      }
      lineStart = b == '\n' && (i > offset ? bytes[i - 1] == '\r' : afterCr);
    }
    out.write(bytes, from, end - from);
    afterCr = length > 0 ? bytes[end - 1] == '\r' : afterCr;
  }

  /** Writes the end of data, with the CRLF that the content may lack; does not flush. */
  public void end() throws IOException {
    if (!lineStart) {
      out.write('\r');
      out.write('\n');
    }
    out.write(END);
  }
}

package org.spillway.smtp.client;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Makes content fit for DATA: a dot at the start of a line is doubled (RFC 5321 §4.5.2), and
 * whatever comes in, every line goes out ended by CRLF and by nothing else (§2.3.8), so that no
 * peer can see an end of data that we do not. {@link #end} ends the last line; the final dot is the
 * caller's.
 */
public final class DotStuffer extends OutputStream {
  private final OutputStream out;
  private boolean lineStart = true;
  private boolean afterCr;

  /** Writes to that stream, which should be buffered. */
  public DotStuffer(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    int end = from + length;
    int at = from;
    while (at < end) {
      if (bytes[at] == '\n' || afterCr) {
        out.write('\r');
        out.write('\n');
        at += bytes[at] == '\n' ? 1 : 0;
        afterCr = false;
        lineStart = true;
      } else if (bytes[at] == '\r') {
        afterCr = true;
        at++;
      } else {
        at = writeLine(bytes, at, end);
      }
    }
  }

  private int writeLine(byte[] bytes, int from, int end) throws IOException {
    if (lineStart && bytes[from] == '.') {
      out.write('.');
    }
    int at = from;
    while (at < end && bytes[at] != '\r' && bytes[at] != '\n') {
      at++;
    }
    out.write(bytes, from, at - from);
    lineStart = false;
    return at;
  }

  /** Ends the last line when it is not ended. */
  public void end() throws IOException {
    if (afterCr || !lineStart) {
      out.write('\r');
      out.write('\n');
      afterCr = false;
      lineStart = true;
    }
  }
}

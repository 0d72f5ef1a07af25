package org.spillway.smtp.client;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/** Writes the body of one part: as it is, in quoted-printable or in base64. */
sealed interface BodyEncoder {
  /** A piece of a line, without its end. */
  void piece(byte[] bytes, int length) throws IOException;

  /** The end of a line that belongs to the body. */
  void lineEnd() throws IOException;

  /** The body is over; what follows is the caller's. */
  void end() throws IOException;

  /** As it is. */
  record AsIs(OutputStream out) implements BodyEncoder {
    @Override
    public void piece(byte[] bytes, int length) throws IOException {
      out.write(bytes, 0, length);
    }

    @Override
    public void lineEnd() throws IOException {
      crlf(out);
    }

    @Override
    public void end() {}
  }

  /** RFC 2045 §6.7. */
  final class QuotedPrintable implements BodyEncoder {
    private static final int MAX_COLUMN = 75; // 76 with the "=" of a soft line break
    private static final byte[] HEX = "0123456789ABCDEF".getBytes();

    private final OutputStream out;
    private int column;
    private int space = -1;

    QuotedPrintable(OutputStream out) {
      this.out = out;
    }

    @Override
    public void piece(byte[] bytes, int length) throws IOException {
      for (int i = 0; i < length; i++) {
        byte b = bytes[i];
        if (space >= 0) {
          literal(space);
          space = -1;
        }
        if (b == ' ' || b == '\t') {
          space = b; // rule 3: not at the end of a line
        } else if (b > ' ' && b < 127 && b != '=') {
          literal(b);
        } else {
          quoted(b);
        }
      }
    }

    private void literal(int b) throws IOException {
      room(1);
      out.write(b);
    }

    private void quoted(int b) throws IOException {
      room(3);
      out.write('=');
      out.write(HEX[b >> 4 & 15]);
      out.write(HEX[b & 15]);
    }

    private void room(int columns) throws IOException {
      if (column + columns > MAX_COLUMN) {
        out.write('=');
        crlf(out);
        column = 0;
      }
      column += columns;
    }

    @Override
    public void lineEnd() throws IOException {
      end();
      crlf(out);
      column = 0;
    }

    @Override
    public void end() throws IOException {
      if (space >= 0) {
        quoted(space);
        space = -1;
      }
    }
  }

  /** RFC 2045 §6.8. */
  final class InBase64 implements BodyEncoder {
    private static final int ROW = 57; // 76 characters

    private final OutputStream out;
    private final byte[] row = new byte[ROW];
    private int filled;
    private boolean first = true;

    InBase64(OutputStream out) {
      this.out = out;
    }

    @Override
    public void piece(byte[] bytes, int length) throws IOException {
      for (int i = 0; i < length; i++) {
        put(bytes[i]);
      }
    }

    @Override
    public void lineEnd() throws IOException {
      put((byte) '\r');
      put((byte) '\n');
    }

    private void put(byte b) throws IOException {
      row[filled++] = b;
      if (filled == ROW) {
        writeRow();
      }
    }

    private void writeRow() throws IOException {
      if (!first) {
        crlf(out);
      }
      first = false;
      out.write(Base64.getEncoder().encode(Arrays.copyOf(row, filled)));
      filled = 0;
    }

    @Override
    public void end() throws IOException {
      if (filled > 0) {
        writeRow();
      }
    }
  }

  private static void crlf(OutputStream out) throws IOException {
    out.write('\r');
    out.write('\n');
  }
}

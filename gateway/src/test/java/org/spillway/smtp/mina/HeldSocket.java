package org.spillway.smtp.mina;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** A socket that can hold back what is written, to send it later in one piece. */
final class HeldSocket extends Socket {
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private volatile boolean holding;
  private volatile int passes;

  /** Lets so many more writes pass, then holds. */
  void holdAfter(int writes) {
    passes = writes;
    holding = true;
  }

  /** Sends all that was held, in one write. */
  void release() throws IOException {
    holding = false;
    super.getOutputStream().write(held.toByteArray());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    OutputStream out = super.getOutputStream();
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (holding && passes-- <= 0) {
          held.write(bytes, offset, length);
        } else {
          out.write(bytes, offset, length);
        }
      }
    };
  }
}

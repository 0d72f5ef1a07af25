package org.spillway.spool.code;

import java.io.IOException;

/** Bytes that are not what they should be; the one thing that a decoder throws. */
public final class Malformed extends IOException {
  private static final long serialVersionUID = 1;

  /** With the reason in words. */
  public Malformed(String why) {
    super(why);
  }
}

package org.spillway.spool.disk;

import java.io.IOException;

/** There is no room for it now; there may be later. */
public final class NoSpace extends IOException {
  private static final long serialVersionUID = 1;

  /** With the reason in words. */
  public NoSpace(String why) {
    super(why);
  }
}

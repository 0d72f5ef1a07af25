package org.spillway.auth.message;

/** Begins to look at contents as they come in. For any number of threads. */
@FunctionalInterface
public interface ContentWatch {
  /**
   * Called once for each content, when its header section is there.
   *
   * @param fromOutside true for mail of strangers, false for mail of our own networks and users
   * @param header not to be changed afterwards
   * @param length of the header section, with its empty line; 0 when there is none
   */
  ContentPass begin(boolean fromOutside, byte[] header, int length);

  /** One that looks at nothing. */
  static ContentWatch none() {
    return (_, _, _) -> ContentPass.idle();
  }
}

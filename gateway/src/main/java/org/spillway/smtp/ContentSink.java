package org.spillway.smtp;

/** Takes clean content as it is read. */
@FunctionalInterface
public interface ContentSink {
  /** The next bytes; the array is the caller's again after return. */
  void accept(byte[] bytes, int offset, int length);
}

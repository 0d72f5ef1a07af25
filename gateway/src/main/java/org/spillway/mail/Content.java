package org.spillway.mail;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a message (headers and body, every line ended by CRLF, not dot-stuffed), read as
 * often as needed and never held in the heap as a whole.
 */
public interface Content {
  /** Length in bytes. */
  long sizeBytes();

  /** A new stream from the first byte; the caller closes it. */
  InputStream open() throws IOException;
}

package org.spillway.control.socket;

import java.io.IOException;
import java.util.Map;

/** Where an answer goes, line by line. */
interface Answer {
  /** One row of a listing, or one result. */
  void row(Map<String, ?> cells) throws IOException;

  /** How far a long order came; shown while it goes on. */
  void progress(Map<String, ?> cells) throws IOException;
}

package org.spillway.control;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Looks into the files of a spool, of a running node or of one that stands still. */
public interface SpoolInspection {
  /**
   * Reads everything and checks it.
   *
   * @param row takes a row of facts for each file (text, numbers and truth values)
   * @return what is wrong, a sentence each; empty when the spool is sound
   */
  List<String> verify(Consumer<Map<String, Object>> row) throws IOException;

  /**
   * Shows what is stored, without any content of mail.
   *
   * @param row takes a row of facts for each record (text, numbers and truth values)
   */
  void dump(Consumer<Map<String, Object>> row) throws IOException;
}

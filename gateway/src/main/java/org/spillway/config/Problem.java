package org.spillway.config;

import java.util.Comparator;

/**
 * One thing that is wrong in a configuration, or worth a second look.
 *
 * @param file the file as the operator named it
 * @param line from 1
 * @param column from 1, counting characters
 * @param what what is wrong, in one sentence without a full stop
 * @param mend how to mend it
 */
public record Problem(String file, int line, int column, String what, String mend)
    implements Comparable<Problem> {
  private static final Comparator<Problem> ORDER =
      Comparator.comparingInt(Problem::line)
          .thenComparingInt(Problem::column)
          .thenComparing(Problem::what)
          .thenComparing(Problem::mend);

  /** By place in the file; problems of different files keep their files' order only by chance. */
  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line:column: what is wrong; how to mend it}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + what + "; " + mend;
  }
}

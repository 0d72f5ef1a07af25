package org.spillway.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known word that a misspelt one most likely means. */
final class Nearest {
  private static final int LONGEST = 64;

  private Nearest() {}

  /** The known word within a third of the letters; empty when none is that near. */
  static Optional<String> of(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    int most = Math.max(1, word.length() / 3);
    return known.stream()
        .filter(k -> distance(word, k) <= most)
        .min(
            Comparator.<String>comparingInt(k -> distance(word, k))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** How to mend an unknown word: the nearest known one, or all of them. */
  static String mend(String word, Collection<String> known) {
    return of(word, known)
        .map(k -> "did you mean " + Quoted.of(k) + "?")
        .orElseGet(() -> "use one of " + String.join(", ", known));
  }

  /** How to mend an unknown word that could also be added: the nearest known one, or add it. */
  static String mendOrAdd(String word, Collection<String> known, String where) {
    return of(word, known)
        .map(k -> "did you mean " + Quoted.of(k) + "?")
        .orElse("add it to " + where);
  }

  /** Insertions, deletions, replacements and swaps of neighbours that lead from one to another. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, new int[] {i, j});
      }
    }
    return d[a.length()][b.length()];
  }

  private static int step(int[][] d, String a, String b, int[] at) {
    int i = at[0];
    int j = at[1];
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int least = Math.min(d[i - 1][j - 1] + (same ? 0 : 1), Math.min(d[i - 1][j], d[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
  }
}

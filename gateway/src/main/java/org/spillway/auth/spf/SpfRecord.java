package org.spillway.auth.spf;

import java.util.List;
import java.util.Optional;

/**
 * An SPF record (RFC 7208 §4.6, §12).
 *
 * @param directives in the order they are tried
 * @param redirect whose record counts when no directive matches (§6.1)
 * @param explanation where the words for a fail are found (§6.2)
 */
public record SpfRecord(
    List<Directive> directives, Optional<MacroText> redirect, Optional<MacroText> explanation) {
  private static final String VERSION = "v=spf1";

  public SpfRecord {
    directives = List.copyOf(directives);
  }

  /** What reading a record gave. */
  public sealed interface Parsed {
    /** It keeps the grammar. */
    record Good(SpfRecord value) implements Parsed {}

    /**
     * It does not.
     *
     * @param at index of the first wrong character, from 0
     * @param why in words, for people
     */
    record Bad(int at, String why) implements Parsed {}
  }

  /** True when a TXT record is an SPF record, good or bad (RFC 7208 §4.5). */
  public static boolean isSpf(String text) {
    int length = VERSION.length();
    return text.regionMatches(true, 0, VERSION, 0, length)
        && (text.length() == length || text.charAt(length) == ' ');
  }

  /** Reads a record, the whole of it (RFC 7208 §4.6). Never throws. */
  public static Parsed parse(String text) {
    return new RecordReader(text).read();
  }
}

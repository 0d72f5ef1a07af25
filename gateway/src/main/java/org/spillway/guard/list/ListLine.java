package org.spillway.guard.list;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.spillway.guard.list.ListEntry.Side;

/**
 * The form of an entry in a file, one a line: {@code deny 192.0.2.0/24 never alice why it is so}.
 * The words are the side, the subject, the end ({@code never} or an instant such as {@code
 * 2026-12-31T00:00:00Z}) and the owner; the rest is the reason.
 */
public final class ListLine {
  private static final int LONGEST = 2000;
  private static final String NEVER = "never";

  private ListLine() {}

  /** What a line is. */
  public sealed interface Parsed {}

  /** An entry. */
  public record Good(ListEntry entry) implements Parsed {}

  /** An empty line, or a comment that begins with {@code #}. */
  public record Nothing() implements Parsed {}

  /**
   * Neither.
   *
   * @param column of the mistake, from 1
   * @param why for people
   */
  public record Bad(int column, String why) implements Parsed {}

  /** Reads a line; never throws. */
  public static Parsed parse(String line) {
    if (line.isBlank() || line.stripLeading().startsWith("#")) {
      return new Nothing();
    }
    if (line.length() > LONGEST || line.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f)) {
      return new Bad(1, "the line is too long or holds control characters");
    }
    String[] words = line.strip().split("[ \t]+", 5);
    return words.length < 4
        ? new Bad(1, "the line is not SIDE SUBJECT UNTIL OWNER REASON")
        : entry(line, words);
  }

  private static Parsed entry(String line, String[] words) {
    Optional<Side> side = side(words[0]);
    if (side.isEmpty()) {
      return bad(line, words[0], "begins neither with allow nor with deny");
    }
    Optional<Subject> subject = Subject.parse(words[1]);
    if (subject.isEmpty()) {
      return bad(line, words[1], "names no address, network, domain or sender");
    }
    Optional<Instant> until = instant(words[2]);
    if (until.isEmpty() && !words[2].equals(NEVER)) {
      return bad(line, words[2], "has neither never nor an instant for its end");
    }
    String reason = words.length > 4 ? words[4].strip() : "";
    return new Good(new ListEntry(side.get(), subject.get(), until, words[3], reason));
  }

  private static Bad bad(String line, String word, String why) {
    return new Bad(line.indexOf(word) + 1, "the line " + why);
  }

  private static Optional<Side> side(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "allow" -> Optional.of(Side.ALLOW);
      case "deny" -> Optional.of(Side.DENY);
      default -> Optional.empty();
    };
  }

  private static Optional<Instant> instant(String word) {
    try {
      return Optional.of(Instant.parse(word));
    } catch (DateTimeParseException noInstant) {
      return Optional.empty();
    }
  }

  /** The line of an entry, which reads as that entry again. */
  public static String of(ListEntry entry) {
    String side = entry.side().name().toLowerCase(Locale.ROOT);
    String until = entry.until().map(Instant::toString).orElse(NEVER);
    String line = side + " " + entry.subject() + " " + until + " " + entry.owner();
    return entry.reason().isEmpty() ? line : line + " " + entry.reason();
  }
}

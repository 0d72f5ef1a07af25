package org.spillway.auth.spf;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * Text with macros, read and ready to be expanded (RFC 7208 §7).
 *
 * @param source as written
 * @param parts in their order
 */
public record MacroText(String source, List<Part> parts) {
  private static final int MAX_NAME = 253; // RFC 7208 §7.3

  public MacroText {
    parts = List.copyOf(parts);
  }

  /** A piece of the text. */
  sealed interface Part {
    /** Stands for itself. */
    record Literal(String text) implements Part {}

    /**
     * {@code %{…}} (§7.1).
     *
     * @param letter in lower case
     * @param keep how many parts from the right are kept; 0 for all
     * @param reverse true to turn the parts round
     * @param delimiters where the value is split
     * @param escape true to escape what a URL may not hold
     */
    record Macro(char letter, int keep, boolean reverse, String delimiters, boolean escape)
        implements Part {}
  }

  /** What reading gave. */
  sealed interface Parsed {
    /** It keeps the grammar. */
    record Good(MacroText value) implements Parsed {}

    /** It does not: where, from 0, and why. */
    record Bad(int at, String why) implements Parsed {}
  }

  /** Reads an {@code explain-string} (RFC 7208 §6.2): spaces and all letters are allowed. */
  static Parsed explanation(String text) {
    MacroReader reader = new MacroReader(text, 0, text.length(), MacroReader.Kind.EXPLANATION);
    try {
      return new Parsed.Good(reader.read());
    } catch (MacroReader.Mistake mistake) {
      return new Parsed.Bad(mistake.at(), mistake.why());
    }
  }

  /**
   * The host name to ask for; empty when expansion gives what cannot be asked (RFC 7208 §4.8). An
   * overlong name loses labels on its left (§7.3).
   */
  Optional<String> host(MacroValues values) {
    if (parts.size() == 1 && parts.getFirst() instanceof Part.Literal(String text)) {
      return HostName.askable(shortened(text));
    }
    ArrayDeque<String> pieces = new ArrayDeque<>(parts.size());
    int length = 0;
    for (Part part : parts.reversed()) {
      String piece = expanded(part, values);
      pieces.addFirst(piece);
      length += piece.length();
      if (length > MAX_NAME + 1) {
        break; // what stands further left is cut off in any case
      }
    }
    return HostName.askable(shortened(String.join("", pieces)));
  }

  private static String shortened(String name) {
    int end = name.endsWith(".") ? name.length() - 1 : name.length();
    int start = 0;
    while (end - start > MAX_NAME) {
      int dot = name.indexOf('.', start);
      if (dot < 0 || dot >= end) {
        return name.substring(start);
      }
      start = dot + 1;
    }
    return name.substring(start);
  }

  /** Expands to text of at most so many characters. */
  String text(MacroValues values, int most) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(expanded(part, values));
      if (text.length() > most) {
        return text.substring(0, most);
      }
    }
    return text.toString();
  }

  private static String expanded(Part part, MacroValues values) {
    return switch (part) {
      case Part.Literal(String literal) -> literal;
      case Part.Macro macro -> {
        String value = transformed(values.value(macro.letter()), macro);
        yield macro.escape() ? HostName.urlEscaped(value) : value;
      }
    };
  }

  /** RFC 7208 §7.3: split, turn round, keep the right-hand parts, join with dots. */
  private static String transformed(String value, Part.Macro macro) {
    if (macro.keep() == 0 && !macro.reverse() && macro.delimiters().equals(".")) {
      return value;
    }
    List<String> pieces = HostName.split(value, macro.delimiters());
    List<String> turned = macro.reverse() ? pieces.reversed() : pieces;
    int drop = macro.keep() == 0 ? 0 : Math.max(0, turned.size() - macro.keep());
    return String.join(".", turned.subList(drop, turned.size()));
  }

  @Override
  public String toString() {
    return source;
  }
}

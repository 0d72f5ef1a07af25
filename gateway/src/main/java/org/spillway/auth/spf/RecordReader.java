package org.spillway.auth.spf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.spillway.auth.IpBits;
import org.spillway.auth.spf.MacroReader.Mistake;

/** Reads the terms of a record one after the other (RFC 7208 §4.6.1). */
final class RecordReader {
  private static final int VERSION = 6; // v=spf1

  private final String text;
  private final List<Directive> directives = new ArrayList<>();
  private Optional<MacroText> redirect = Optional.empty();
  private Optional<MacroText> explanation = Optional.empty();

  RecordReader(String text) {
    this.text = text;
  }

  SpfRecord.Parsed read() {
    if (!SpfRecord.isSpf(text)) {
      return new SpfRecord.Parsed.Bad(0, "it does not begin with v=spf1");
    }
    try {
      terms();
      return new SpfRecord.Parsed.Good(new SpfRecord(directives, redirect, explanation));
    } catch (Mistake mistake) {
      return new SpfRecord.Parsed.Bad(mistake.at(), mistake.why());
    }
  }

  private void terms() throws Mistake {
    for (int i = VERSION; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7e) { // RFC 7208 §3.1: printable ASCII
        throw new Mistake(i, "a character that is not printable ASCII");
      }
    }
    int at = VERSION;
    while (at < text.length()) {
      int space = text.indexOf(' ', at);
      int end = space < 0 ? text.length() : space;
      if (end > at) {
        term(at, end);
      }
      at = end + 1;
    }
  }

  private void term(int start, int end) throws Mistake {
    int at = start;
    while (at < end && isNameChar(text.charAt(at), at > start)) {
      at++;
    }
    if (at < end && text.charAt(at) == '=') { // RFC 7208 §4.6.1: before any : or /
      modifier(start, at, end);
    } else {
      directive(start, end);
    }
  }

  private static boolean isNameChar(char c, boolean later) {
    return Digits.isAlpha(c) || later && (Digits.isDigit(c) || c == '-' || c == '_' || c == '.');
  }

  private void modifier(int start, int equals, int end) throws Mistake {
    if (equals == start) {
      throw new Mistake(start, "a modifier without a name");
    }
    switch (text.substring(start, equals).toLowerCase(Locale.ROOT)) {
      case "redirect" -> {
        once(redirect, start);
        redirect = Optional.of(MacroReader.domain(text, equals + 1, end));
      }
      case "exp" -> {
        once(explanation, start);
        explanation = Optional.of(MacroReader.domain(text, equals + 1, end));
      }
      default -> // RFC 7208 §6: ignored, but its syntax counts
          new MacroReader(text, equals + 1, end, MacroReader.Kind.VALUE).read();
    }
  }

  private static void once(Optional<MacroText> before, int at) throws Mistake {
    if (before.isPresent()) { // RFC 7208 §6
      throw new Mistake(at, "a modifier that stands twice");
    }
  }

  private void directive(int start, int end) throws Mistake {
    Optional<SpfResult.Word> said =
        switch (text.charAt(start)) {
          case '+' -> Optional.of(SpfResult.Word.PASS);
          case '-' -> Optional.of(SpfResult.Word.FAIL);
          case '~' -> Optional.of(SpfResult.Word.SOFTFAIL);
          case '?' -> Optional.of(SpfResult.Word.NEUTRAL);
          default -> Optional.empty();
        };
    int name = said.isPresent() ? start + 1 : start;
    int at = name;
    while (at < end && text.charAt(at) != ':' && text.charAt(at) != '/') {
      at++;
    }
    Mechanism mechanism = mechanism(name, at, end);
    directives.add(
        new Directive(said.orElse(SpfResult.Word.PASS), mechanism, text.substring(start, end)));
  }

  private Mechanism mechanism(int start, int at, int end) throws Mistake {
    return switch (text.substring(start, at).toLowerCase(Locale.ROOT)) {
      case "all" -> {
        if (at < end) {
          throw new Mistake(at, "all takes no argument");
        }
        yield new Mechanism.All();
      }
      case "include" -> new Mechanism.Include(MacroReader.domain(text, argument(at, end), end));
      case "exists" -> new Mechanism.Exists(MacroReader.domain(text, argument(at, end), end));
      case "a" -> {
        int cidr = cidr(at, end);
        yield new Mechanism.A(domain(at, cidr), prefixes(cidr, end));
      }
      case "mx" -> {
        int cidr = cidr(at, end);
        yield new Mechanism.Mx(domain(at, cidr), prefixes(cidr, end));
      }
      case "ptr" -> new Mechanism.Ptr(domain(at, end));
      case "ip4" -> ip(argument(at, end), end, true);
      case "ip6" -> ip(argument(at, end), end, false);
      default -> throw new Mistake(start, "no such mechanism"); // RFC 7208 §4.6
    };
  }

  private int argument(int at, int end) throws Mistake {
    if (at >= end || text.charAt(at) != ':') {
      throw new Mistake(at, "a colon and an argument are missing");
    }
    return at + 1;
  }

  private Optional<MacroText> domain(int at, int end) throws Mistake {
    return at == end
        ? Optional.empty()
        : Optional.of(MacroReader.domain(text, argument(at, end), end));
  }

  /** Where the dual-cidr-length at the end begins, since a domain may hold slashes too. */
  private int cidr(int from, int end) {
    int six = slashBefore(from, end);
    if (six > from && text.charAt(six - 1) == '/') {
      int four = slashBefore(from, six - 1);
      return four < 0 ? six - 1 : four;
    }
    return six < 0 ? end : six;
  }

  /** The slash before the digits at the end, or -1. */
  private int slashBefore(int from, int end) {
    int at = end;
    while (at > from && Digits.isDigit(text.charAt(at - 1))) {
      at--;
    }
    return at < end && at > from && text.charAt(at - 1) == '/' ? at - 1 : -1;
  }

  private Mechanism.Prefixes prefixes(int at, int end) throws Mistake {
    if (at == end) {
      return Mechanism.Prefixes.WHOLE;
    }
    int twin = text.indexOf("//", at);
    boolean six = twin >= 0 && twin < end;
    int four = six && twin == at ? 32 : prefix(at + 1, six ? twin : end, 32);
    return new Mechanism.Prefixes(four, six ? prefix(twin + 2, end, 128) : 128);
  }

  private int prefix(int from, int to, int most) throws Mistake {
    int prefix = Digits.number(text, from, to, most);
    if (prefix < 0) { // RFC 7208 §5.6; leading zeros are refused as in ip4-network
      throw new Mistake(from, "a prefix length is a number from 0 to " + most);
    }
    return prefix;
  }

  private Mechanism.Ip ip(int from, int end, boolean four) throws Mistake {
    int slash = text.indexOf('/', from);
    int to = slash < 0 || slash > end ? end : slash;
    String written = text.substring(from, to);
    Optional<IpBits> base = four ? four(written) : IpBits.six(written);
    if (base.isEmpty()) {
      throw new Mistake(from, four ? "no IPv4 address" : "no IPv6 address");
    }
    int whole = four ? 32 : 128;
    return new Mechanism.Ip(base.get(), to == end ? whole : prefix(to + 1, end, whole));
  }

  /** RFC 7208 §5.6 ip4-network: four numbers without leading zeros. */
  private static Optional<IpBits> four(String text) {
    long bits = 0;
    int at = 0;
    for (int i = 0; i < 4; i++) {
      int dot = text.indexOf('.', at);
      int end = i < 3 ? dot : text.length();
      int number = dot >= 0 || i == 3 ? Digits.number(text, at, end, 255) : -1;
      if (number < 0) {
        return Optional.empty();
      }
      bits = bits << 8 | number;
      at = end + 1;
    }
    return Optional.of(new IpBits(true, 0, bits));
  }
}

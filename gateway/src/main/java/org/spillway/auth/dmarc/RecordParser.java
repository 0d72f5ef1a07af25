package org.spillway.auth.dmarc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the tags of one record (RFC 9989 §4.7, §4.8; RFC 6376 §3.2 for the syntax of tags). */
final class RecordParser {
  private static final int LONGEST = 8_192;
  private static final int MOST_URIS = 20;

  private final Rules rules;
  private final List<String> remarks = new ArrayList<>();

  RecordParser(Rules rules) {
    this.rules = rules;
  }

  DmarcRecord.Reading parse(String text) {
    if (text.length() > LONGEST) {
      return new DmarcRecord.Foreign("longer than " + LONGEST + " characters");
    }
    String[] pieces = text.split(";", -1);
    if (!isVersion(pieces[0])) {
      return new DmarcRecord.Foreign("does not begin with v=DMARC1");
    }
    Map<String, String> tags = new LinkedHashMap<>();
    Optional<String> twice = Optional.empty();
    for (int i = 1; i < pieces.length; i++) {
      Optional<String> again = tag(pieces[i], tags);
      twice = twice.or(() -> again);
    }
    Psd psd = psd(tags);
    if (twice.isPresent()) { // RFC 6376 §3.2: then the whole list is invalid
      return new DmarcRecord.Invalid("tag " + twice.get() + " stands twice", psd);
    }
    return record(tags, psd);
  }

  /** RFC 9989 §4.8: the name in any case, the value in exactly this one. */
  private static boolean isVersion(String piece) {
    int equals = piece.indexOf('=');
    return equals > 0
        && strip(piece.substring(0, equals)).equalsIgnoreCase("v")
        && strip(piece.substring(equals + 1)).equals("DMARC1");
  }

  /** Keeps one tag; answers its name when it was there before. */
  private Optional<String> tag(String piece, Map<String, String> tags) {
    String stripped = strip(piece);
    int equals = stripped.indexOf('=');
    if (stripped.isEmpty()) {
      return Optional.empty();
    }
    String name = equals < 0 ? "" : strip(stripped.substring(0, equals)).toLowerCase(Locale.ROOT);
    if (name.isEmpty() || !name.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
      remark("not a tag: " + stripped);
      return Optional.empty();
    }
    boolean before = tags.putIfAbsent(name, strip(stripped.substring(equals + 1))) != null;
    return before ? Optional.of(name) : Optional.empty();
  }

  private DmarcRecord.Reading record(Map<String, String> tags, Psd psd) {
    List<ReportUri> rua = uris("rua", tags);
    boolean first = tags.isEmpty() || tags.keySet().iterator().next().equals("p");
    if (rules == Rules.RFC7489 && tags.containsKey("p") && !first) {
      return new DmarcRecord.Invalid("p does not follow v (RFC 7489 §6.4)", psd);
    }
    Optional<Policy> p = policy("p", tags);
    Optional<Policy> sp = policy("sp", tags);
    Optional<Policy> np = policy("np", tags);
    Optional<String> bad = badPolicy(tags, p, sp, np);
    if (bad.isPresent() && rua.isEmpty()) { // RFC 9989 §4.10.1: no processing
      return new DmarcRecord.Invalid(bad.get() + ", and no rua", psd);
    }
    boolean monitor = bad.isPresent(); // RFC 9989 §4.10.1: with rua as if p=none
    bad.ifPresent(why -> remark(why + ", read as p=none"));
    tags.keySet().stream().filter(name -> !isKnown(name)).forEach(n -> remark("ignored tag " + n));
    return new DmarcRecord.Valid(
        new DmarcRecord(
            monitor ? Policy.NONE : p.orElseThrow(),
            monitor ? Optional.empty() : sp,
            monitor ? Optional.empty() : np,
            alignment("adkim", tags),
            alignment("aspf", tags),
            psd,
            rules == Rules.RFC9989 && oneOf("t", "ny", tags).equals("y"),
            percent(tags),
            rua,
            uris("ruf", tags),
            failureOptions(tags),
            remarks));
  }

  private boolean isKnown(String name) {
    return switch (name) {
      case "p", "sp", "np", "adkim", "aspf", "psd", "rua", "ruf", "fo" -> true;
      case "t" -> rules == Rules.RFC9989;
      case "pct", "rf", "ri" -> rules == Rules.RFC7489; // gone with RFC 9989, appendix C.5.2
      default -> false;
    };
  }

  private static Optional<Policy> policy(String name, Map<String, String> tags) {
    return Optional.ofNullable(tags.get(name)).flatMap(Policy::of);
  }

  private static Optional<String> badPolicy(
      Map<String, String> tags, Optional<Policy> p, Optional<Policy> sp, Optional<Policy> np) {
    if (p.isEmpty()) {
      return Optional.of(tags.containsKey("p") ? "p is no policy" : "no p");
    }
    if (tags.containsKey("sp") && sp.isEmpty()) {
      return Optional.of("sp is no policy");
    }
    return tags.containsKey("np") && np.isEmpty()
        ? Optional.of("np is no policy")
        : Optional.empty();
  }

  private Alignment alignment(String name, Map<String, String> tags) {
    return oneOf(name, "rs", tags).equals("s") ? Alignment.STRICT : Alignment.RELAXED;
  }

  private Psd psd(Map<String, String> tags) {
    return switch (oneOf("psd", "uyn", tags)) {
      case "y" -> Psd.YES;
      case "n" -> Psd.NO;
      default -> Psd.UNKNOWN;
    };
  }

  /** One of some letters; RFC 9989 §4.7: what is wrong counts as the default, the first one. */
  private String oneOf(String name, String letters, Map<String, String> tags) {
    String value = tags.getOrDefault(name, letters.substring(0, 1)).toLowerCase(Locale.ROOT);
    if (value.length() == 1 && letters.contains(value)) {
      return value;
    }
    remark(name + " is wrong and counts as its default");
    return letters.substring(0, 1);
  }

  private int percent(Map<String, String> tags) {
    String text = tags.getOrDefault("pct", "100");
    if (rules == Rules.RFC9989) {
      return 100;
    }
    boolean number = text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= 100;
    if (!number) {
      remark("pct is wrong and counts as 100");
    }
    return number ? Integer.parseInt(text) : 100;
  }

  private List<ReportUri> uris(String name, Map<String, String> tags) {
    List<ReportUri> uris = new ArrayList<>();
    if (!tags.containsKey(name)) {
      return uris;
    }
    for (String piece : tags.get(name).split(",", MOST_URIS + 1)) {
      Optional<ReportUri> uri = ReportUri.parse(strip(piece));
      if (uri.isEmpty() || uris.size() == MOST_URIS) {
        remark(name + " has a URI that cannot be used: " + strip(piece));
      } else {
        uris.add(uri.get());
      }
    }
    return uris;
  }

  private String failureOptions(Map<String, String> tags) {
    if (!tags.containsKey("fo")) {
      return "0";
    }
    String fo = tags.get("fo").toLowerCase(Locale.ROOT);
    if (fo.matches("[01ds](\\s*:\\s*[01ds]){0,3}")) {
      return fo.replaceAll("\\s", "");
    }
    remark("fo is wrong and counts as 0");
    return "0";
  }

  private void remark(String what) {
    if (remarks.size() < 10) {
      StringBuilder clean = new StringBuilder();
      what.chars().limit(120).forEach(c -> clean.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
      remarks.add(clean.toString());
    }
  }

  /** RFC 5234 appendix B.1: WSP is space and tab. */
  private static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}

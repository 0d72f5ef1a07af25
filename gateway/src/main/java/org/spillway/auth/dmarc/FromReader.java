package org.spillway.auth.dmarc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.spillway.mail.Domain;

/**
 * Finds the domains of the From fields: one pass over each, comments and quoted strings skipped.
 *
 * <p>A piece is what stands between commas, semicolons and the colon of a group (RFC 5322 §3.4). Of
 * a piece every address in angle brackets counts; without one the bare address does. An address
 * that stands behind the brackets counts too: some program will show it.
 */
final class FromReader {
  private static final int LONGEST = 65_536;
  private static final int DEEPEST_COMMENT = 50;

  private final Set<Domain> domains = new LinkedHashSet<>();
  private final Set<String> remarks = new LinkedHashSet<>();
  private boolean whole = true;
  private int addresses;

  private String text = "";
  private int at;
  private final StringBuilder bare = new StringBuilder();
  private boolean bracketed;

  AuthorDomain read(List<String> fields) {
    if (fields.size() > 1) {
      remarks.add("more than one From field"); // RFC 5322 §3.6: exactly one
    }
    fields.stream().limit(AuthorDomain.MOST_DOMAINS).forEach(this::field);
    List<Domain> found = new ArrayList<>(domains);
    List<String> said = List.copyOf(remarks);
    if (found.isEmpty()) {
      return new AuthorDomain.None(fields.isEmpty() ? "no From field" : none(said));
    }
    return found.size() == 1 && whole
        ? new AuthorDomain.One(found.getFirst(), said)
        : new AuthorDomain.Several(found, whole, said);
  }

  private static String none(List<String> remarks) {
    return remarks.isEmpty() ? "From holds no address" : String.join("; ", remarks);
  }

  private void field(String body) {
    if (body.length() > LONGEST) {
      remarks.add("From is longer than " + LONGEST + " characters");
      whole = false;
    }
    text = body.substring(0, Math.min(body.length(), LONGEST));
    at = 0;
    startPiece();
    while (at < text.length()) {
      step(text.charAt(at));
    }
    endPiece();
  }

  private void startPiece() {
    bare.setLength(0);
    bracketed = false;
  }

  private void step(char c) {
    switch (c) {
      case '"' -> quoted();
      case '(' -> comment();
      case '<' -> angle();
      case ',', ';' -> {
        endPiece();
        at++;
      }
      case ':' -> { // the display name of a group ends; RFC 6854: allowed in From
        bare.setLength(0);
        at++;
      }
      case '\\' -> {
        bare.append('a');
        at += 2;
      }
      default -> {
        bare.append(c);
        at++;
      }
    }
  }

  /** A quoted string stands for one harmless character: a local part, or part of a name. */
  private void quoted() {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= text.length()) {
      remarks.add("a quoted string does not end");
      at++; // what follows is read as if the quote were not there
      return;
    }
    bare.append('q');
    at = end + 1;
  }

  private void comment() {
    int depth = 0;
    int end = at;
    while (end < text.length()) {
      char c = text.charAt(end);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      end += c == '\\' ? 2 : 1;
      if (depth == 0) {
        at = end;
        bare.append(' ');
        return;
      }
      if (depth > DEEPEST_COMMENT) {
        break;
      }
    }
    remarks.add("a comment does not end");
    at++;
  }

  private void angle() {
    int end = at + 1;
    StringBuilder inner = new StringBuilder();
    while (end < text.length() && text.charAt(end) != '>') {
      char c = text.charAt(end);
      if (c == '"') {
        int close = text.indexOf('"', end + 1);
        inner.append('q');
        end = close < 0 ? end + 1 : close + 1;
      } else if (c == '<') {
        inner.setLength(0); // "<a <b@c>": the last opening counts
        end++;
      } else {
        inner.append(c);
        end++;
      }
    }
    if (end >= text.length()) {
      remarks.add("an angle bracket does not close");
    }
    if (bare.indexOf("@") >= 0) {
      remarks.add("an address stands unquoted beside the brackets");
    }
    if (bracketed) {
      bareAddress(); // what stood between two bracketed addresses
    }
    bare.setLength(0);
    bracketed = true;
    address(withoutComments(inner.toString()));
    at = Math.min(end + 1, text.length());
  }

  private void endPiece() {
    bareAddress();
    startPiece();
  }

  private void bareAddress() {
    String rest = bare.toString();
    if (rest.indexOf('@') >= 0) {
      address(rest);
    } else if (!bracketed && !rest.isBlank()) {
      remarks.add("a name without an address");
    }
  }

  /** One address: what follows the last "@" that has a domain behind it. */
  private void address(String spec) {
    String address = spec.strip();
    int sign = address.lastIndexOf('@');
    if (sign < 0) {
      remarks.add(address.isEmpty() ? "an empty address" : "an address without a domain");
      return;
    }
    if (++addresses > AuthorDomain.MOST_DOMAINS * 8) {
      whole = false;
      return;
    }
    String name = squeezed(address.substring(sign + 1));
    Optional<Domain> domain = Domain.parse(name); // RFC 9989 §5.3.1: U-labels become A-labels
    if (domain.isEmpty()) {
      remarks.add("a domain that is none");
    } else if (domain.get().isLiteral()) {
      remarks.add("an address literal has no DMARC");
    } else if (domains.size() == AuthorDomain.MOST_DOMAINS && !domains.contains(domain.get())) {
      whole = false;
    } else {
      domains.add(domain.get());
    }
  }

  /** Without white space (obs-domain, RFC 5322 §4.4) at dots and ends, and without a final dot. */
  private static String squeezed(String name) {
    String tight = name.strip().replaceAll("\\s*\\.\\s*", ".");
    int space = 0;
    while (space < tight.length() && !Character.isWhitespace(tight.charAt(space))) {
      space++;
    }
    String first = tight.substring(0, space);
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }

  private static String withoutComments(String text) {
    if (text.indexOf('(') < 0) {
      return text;
    }
    StringBuilder kept = new StringBuilder(text.length());
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : 0;
      if (depth == 0) {
        kept.append(c);
      }
      depth -= c == ')' && depth > 0 ? 1 : 0;
    }
    return kept.toString();
  }
}

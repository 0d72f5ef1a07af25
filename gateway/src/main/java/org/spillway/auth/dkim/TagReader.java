package org.spillway.auth.dkim;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.spillway.auth.TagList;
import org.spillway.mail.Domain;

/**
 * Reads the tags that the signatures of DKIM and ARC share (RFC 6376 §3.5). It keeps the first
 * thing that is wrong and goes on with harmless values, so that the caller asks once at the end.
 */
public final class TagReader {
  /**
   * What is wrong.
   *
   * @param cause of the result
   * @param detail for people
   */
  public record Problem(DkimCause cause, String detail) {}

  private static final Domain NOWHERE = new Domain("invalid");
  private static final int MAX_NAMES = 250;
  private static final int MAX_BASE64 = 4096;
  private static final int LONG_DIGITS = 18;

  private final TagList tags;
  private Optional<Problem> problem = Optional.empty();

  /** Reads these tags; a character of a value stands for a byte. */
  public TagReader(TagList tags) {
    this.tags = tags;
  }

  /** The first thing that was wrong. */
  public Optional<Problem> problem() {
    return problem;
  }

  /** Notes that something is wrong. */
  public void wrong(DkimCause cause, String detail) {
    if (problem.isEmpty()) {
      problem = Optional.of(new Problem(cause, detail));
    }
  }

  /** A value that must be there and not be empty. */
  public String required(String name) {
    String value = tags.value(name).orElse("");
    if (tags.tag(name).isEmpty()) {
      wrong(DkimCause.INCOMPLETE, "no " + name + "=");
    } else if (value.isEmpty()) {
      wrong(DkimCause.SYNTAX, name + "= is empty");
    }
    return value;
  }

  /** a=: what signs. */
  public Algorithm algorithm() {
    String value = required("a");
    for (Algorithm algorithm : Algorithm.values()) {
      if (algorithm.text().equals(value)) {
        return algorithm;
      }
    }
    boolean sha1 = value.equals("rsa-sha1"); // RFC 8301 §3.1
    wrong(sha1 ? DkimCause.SHA1 : DkimCause.UNKNOWN, "a=" + value);
    return Algorithm.RSA_SHA256;
  }

  /** c=: how header and body are prepared (RFC 6376 §3.5: simple when not said). */
  public Canonical.Pair canonical() {
    if (tags.tag("c").isEmpty()) {
      return new Canonical.Pair(Canonical.SIMPLE, Canonical.SIMPLE);
    }
    String value = required("c");
    int slash = value.indexOf('/');
    String body = slash < 0 ? Canonical.SIMPLE.text() : value.substring(slash + 1);
    return new Canonical.Pair(
        canonical(slash < 0 ? value : value.substring(0, slash)), canonical(body));
  }

  private Canonical canonical(String word) {
    for (Canonical canonical : Canonical.values()) {
      if (canonical.text().equals(word)) {
        return canonical;
      }
    }
    wrong(DkimCause.UNKNOWN, "c= says " + word);
    return Canonical.SIMPLE;
  }

  /** A value in base64 that must be there. */
  public byte[] base64(String name) {
    required(name);
    String value = tags.compact(name).orElse("");
    if (value.length() > MAX_BASE64) {
      wrong(DkimCause.SYNTAX, name + "= is too long");
      return new byte[0];
    }
    try {
      return Base64.getDecoder().decode(value);
    } catch (IllegalArgumentException notBase64) {
      wrong(DkimCause.SYNTAX, name + "= is not base64");
      return new byte[0];
    }
  }

  /** d=: a domain that must be there, U-labels allowed (RFC 8616 §4). */
  public Domain domain(String name) {
    Optional<Domain> domain = domainOf(required(name));
    if (domain.isEmpty()) {
      wrong(DkimCause.SYNTAX, name + "= is no domain");
    }
    return domain.orElse(NOWHERE);
  }

  private static Optional<Domain> domainOf(String latin1) {
    return Domain.parse(utf8(latin1)).filter(domain -> !domain.isLiteral());
  }

  /** s=: the selector, in A-labels (RFC 8616 §4). */
  public String selector() {
    return domain("s").name();
  }

  /** A count or a time that may be there (RFC 6376 §3.5: digits). */
  public OptionalLong number(String name) {
    if (tags.tag(name).isEmpty()) {
      return OptionalLong.empty();
    }
    String value = required(name);
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        wrong(DkimCause.SYNTAX, name + "= is no number");
        return OptionalLong.empty();
      }
    }
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        value.length() > LONG_DIGITS ? Long.MAX_VALUE : Long.parseLong(value)); // up to 76 digits
  }

  /** A time that may be there, in seconds since 1970. */
  public Optional<Instant> time(String name) {
    OptionalLong seconds = number(name);
    long latest = Instant.MAX.getEpochSecond();
    return seconds.isEmpty()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(Math.min(latest, seconds.getAsLong())));
  }

  /** h=: the names of the signed fields in lower case; may be empty. */
  public List<String> names() {
    if (tags.tag("h").isEmpty()) {
      wrong(DkimCause.INCOMPLETE, "no h=");
      return List.of();
    }
    List<String> names = list(tags.compact("h").orElse(""));
    if (names.size() > MAX_NAMES) {
      wrong(DkimCause.SYNTAX, "h= has more than " + MAX_NAMES + " names");
      return List.of();
    }
    return names;
  }

  /** The domain after the last {@code @} of an identity in Unicode. */
  Domain identityDomain(String identity) {
    Optional<Domain> domain = Domain.parse(identity.substring(identity.lastIndexOf('@') + 1));
    if (domain.filter(d -> !d.isLiteral()).isEmpty() || identity.indexOf('@') < 0) {
      wrong(DkimCause.SYNTAX, "i= is no identity");
    }
    return domain.orElse(NOWHERE);
  }

  /** Words between colons, in lower case. */
  static List<String> list(String text) {
    List<String> words = new ArrayList<>();
    String lower = text.toLowerCase(Locale.ROOT);
    int start = 0;
    while (start <= lower.length()) {
      int colon = lower.indexOf(':', start);
      int end = colon < 0 ? lower.length() : colon;
      words.add(lower.substring(start, end));
      start = end + 1;
    }
    return words;
  }

  /** Bytes that were read as Latin-1, read as UTF-8 (RFC 8616 §3). */
  static String utf8(String latin1) {
    for (int i = 0; i < latin1.length(); i++) {
      if (latin1.charAt(i) > 0x7f && latin1.charAt(i) <= 0xff) {
        return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      }
    }
    return latin1;
  }
}

package org.spillway.auth.arc;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.spillway.auth.Field;
import org.spillway.auth.TagList;
import org.spillway.auth.dkim.Algorithm;
import org.spillway.auth.dkim.Canonical;
import org.spillway.auth.dkim.DkimCause;
import org.spillway.auth.dkim.TagReader;
import org.spillway.mail.Domain;

/** One of the fields of ARC, read alone (RFC 8617 §4.1). */
sealed interface ArcField {
  /** A readable ARC-Authentication-Results. */
  record Results(int instance, ArcSet.Results results) implements ArcField {}

  /** A readable ARC-Message-Signature. */
  record Message(int instance, ArcSet.MessageSignature signature) implements ArcField {}

  /** A readable ARC-Seal. */
  record Seal(int instance, ArcSet.Seal seal) implements ArcField {}

  /**
   * One that cannot be read.
   *
   * @param instance 0 when not even that can be read
   */
  record Broken(int instance, String why) implements ArcField {}

  /** True for the three names. */
  static boolean isOne(Field field) {
    return field.is(ArcSet.SEAL) || field.is(ArcSet.MESSAGE) || field.is(ArcSet.RESULTS);
  }

  /** Reads a field that {@link #isOne}. */
  static ArcField read(Field field) {
    if (field.is(ArcSet.RESULTS)) {
      return results(field);
    }
    return switch (TagList.parse(field.latin1())) {
      case TagList.Reading.Good(TagList tags) ->
          field.is(ArcSet.SEAL) ? seal(field, tags) : message(field, tags);
      case TagList.Reading.Bad(String why, int at) ->
          new Broken(
              instance(TagList.salvage(field.latin1()).value("i").orElse("")),
              field.name() + ": " + why + " at character " + at);
    };
  }

  /** RFC 8617 §4.1.1: i= stands first and ends with a semicolon. */
  private static ArcField results(Field field) {
    String text = field.value();
    int equals = text.indexOf('=');
    int semicolon = text.indexOf(';');
    if (equals < 0 || semicolon < equals || !text.substring(0, equals).strip().equals("i")) {
      return new Broken(0, field.name() + ": no i= at its beginning");
    }
    int instance = instance(text.substring(equals + 1, semicolon).strip());
    return instance == 0
        ? new Broken(0, field.name() + ": wrong i=")
        : new Results(instance, new ArcSet.Results(field, text.substring(semicolon + 1).strip()));
  }

  /** The number of i=, 0 when it is none (RFC 8617 §4.2.1: one or two digits, from 1). */
  private static int instance(String text) {
    boolean digits =
        !text.isEmpty() && text.length() <= 2 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Integer.parseInt(text) : 0;
  }

  private static ArcField message(Field field, TagList tags) {
    TagReader read = new TagReader(tags);
    int instance = instance(read.required("i"));
    Algorithm algorithm = read.algorithm();
    byte[] signature = read.base64("b");
    byte[] bodyHash = read.base64("bh");
    Canonical.Pair canonical = read.canonical();
    Domain domain = read.domain("d");
    String selector = read.selector();
    List<String> names = read.names();
    OptionalLong limit = read.number("l");
    Optional<Instant> signedAt = read.time("t");
    Optional<Instant> expires = read.time("x");
    if (names.contains("arc-seal")) { // RFC 8617 §4.1.2
      read.wrong(DkimCause.SYNTAX, "h= names ARC-Seal");
    }
    return done(
        field,
        instance,
        read,
        new Message(
            instance,
            new ArcSet.MessageSignature(
                field, tags, algorithm, signature, bodyHash, canonical, domain, selector, names,
                limit, signedAt, expires)));
  }

  private static ArcField seal(Field field, TagList tags) {
    TagReader read = new TagReader(tags);
    int instance = instance(read.required("i"));
    Algorithm algorithm = read.algorithm();
    byte[] signature = read.base64("b");
    Domain domain = read.domain("d");
    String selector = read.selector();
    String state = read.required("cv");
    Optional<Instant> signedAt = read.time("t");
    if (tags.tag("h").isPresent()) { // RFC 8617 §4.1.3
      read.wrong(DkimCause.SYNTAX, "h= may not stand in a seal");
    }
    return done(
        field,
        instance,
        read,
        new Seal(
            instance,
            new ArcSet.Seal(field, tags, algorithm, signature, domain, selector, state, signedAt)));
  }

  private static ArcField done(Field field, int instance, TagReader read, ArcField good) {
    if (instance == 0) {
      read.wrong(DkimCause.SYNTAX, "wrong i=");
    }
    return read.problem()
        .<ArcField>map(bad -> new Broken(instance, field.name() + ": " + bad.detail()))
        .orElse(good);
  }
}

package org.spillway.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an Authentication-Results field says (RFC 8601 §2.2), and an ARC-Authentication-Results
 * field after its instance (RFC 8617 §4.1.1).
 *
 * @param authservId who says it
 * @param version of the format; 1 when none is given
 * @param entries the results in their order; none is {@code none}
 */
public record AuthReport(String authservId, int version, List<Entry> entries) {
  /** The name of the field. */
  public static final String FIELD = "Authentication-Results";

  /** The name of the field of an ARC set. */
  public static final String ARC_FIELD = "ARC-Authentication-Results";

  public AuthReport {
    entries = List.copyOf(entries);
  }

  /** A report of ours. */
  public static AuthReport of(String authservId, List<Entry> entries) {
    return new AuthReport(authservId, 1, entries);
  }

  /**
   * One method's result, {@code resinfo} in the RFC.
   *
   * @param method in lower case, for example {@code spf}
   * @param result in lower case, for example {@code pass}
   * @param reason in words
   * @param properties what was looked at
   */
  public record Entry(
      String method, String result, Optional<String> reason, List<Property> properties) {
    public Entry {
      properties = List.copyOf(properties);
    }

    /** An entry without reason and properties. */
    public static Entry of(String method, String result) {
      return new Entry(method, result, Optional.empty(), List.of());
    }

    /** The same with a reason. */
    public Entry because(String why) {
      return new Entry(method, result, Optional.of(why), properties);
    }

    /** The same with one more property; the value in plain form, without quotes. */
    public Entry with(String type, String name, String value) {
      List<Property> more = new ArrayList<>(properties);
      more.add(new Property(type, name, value));
      return new Entry(method, result, reason, more);
    }

    /** The value of a property. */
    public Optional<String> property(String type, String name) {
      return properties.stream()
          .filter(p -> p.type().equalsIgnoreCase(type) && p.name().equalsIgnoreCase(name))
          .map(Property::value)
          .findFirst();
    }
  }

  /**
   * {@code type.name=value} (RFC 8601 §2.3).
   *
   * @param type {@code smtp}, {@code header}, {@code body} or {@code policy}
   * @param name for example {@code mailfrom}
   * @param value without quotes
   */
  public record Property(String type, String name, String value) {}

  /** What reading gave. */
  public sealed interface Parsed {
    /**
     * It can be understood.
     *
     * @param instance of the ARC set; 0 for Authentication-Results
     */
    record Good(AuthReport report, int instance) implements Parsed {}

    /**
     * It cannot.
     *
     * @param authservId as far as it was read
     * @param at index of the first wrong character, from 0
     * @param why in words
     */
    record Bad(Optional<String> authservId, int at, String why) implements Parsed {}
  }

  /** Reads what follows the colon of Authentication-Results, folded or not. Never throws. */
  public static Parsed parse(String text) {
    return new AuthReportReader(text).read(false);
  }

  /** Reads what follows the colon of ARC-Authentication-Results, folded or not. Never throws. */
  public static Parsed parseArc(String text) {
    return new AuthReportReader(text).read(true);
  }

  /**
   * The whole Authentication-Results field, folded, with CRLF at its end.
   *
   * @param utf8 true in a message with SMTPUTF8: names as U-labels, values beyond ASCII as they are
   */
  public String field(boolean utf8) {
    return new AuthReportWriter(utf8).field(FIELD + ": ", this);
  }

  /** The whole ARC-Authentication-Results field of a set, folded, with CRLF at its end. */
  public String arcField(int instance, boolean utf8) {
    return new AuthReportWriter(utf8).field(ARC_FIELD + ": i=" + instance + "; ", this);
  }
}

package org.spillway.auth.dkim;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How to sign for one site.
 *
 * @param sign names of the fields to sign, each as often as it stands (RFC 6376 §5.4)
 * @param oversign of these, names that are signed once more than they stand, so that none can be
 *     added (RFC 6376 §8.15)
 * @param canonical how header and body are prepared
 * @param lifetime until x=; none when empty
 */
public record SigningRules(
    List<String> sign,
    List<String> oversign,
    Canonical.Pair canonical,
    Optional<Duration> lifetime) {

  /** What RFC 6376 §5.4.1 names and MIME needs; oversigned what people see; relaxed; no end. */
  public static final SigningRules USUAL =
      new SigningRules(
          List.of(
              "From",
              "To",
              "Cc",
              "Subject",
              "Date",
              "Message-ID",
              "Reply-To",
              "Sender",
              "In-Reply-To",
              "References",
              "MIME-Version",
              "Content-Type",
              "Content-Transfer-Encoding",
              "Resent-Date",
              "Resent-From",
              "Resent-To",
              "Resent-Cc",
              "List-Id",
              "List-Help",
              "List-Unsubscribe",
              "List-Unsubscribe-Post",
              "List-Subscribe",
              "List-Post",
              "List-Owner",
              "List-Archive"),
          List.of("From", "To", "Cc", "Subject", "Date", "Reply-To"),
          Canonical.Pair.RELAXED,
          Optional.empty());

  public SigningRules {
    sign = lower(sign);
    oversign = lower(oversign);
    if (!sign.contains("from")) {
      throw new IllegalArgumentException("From must be signed (RFC 6376 §5.4)");
    }
    if (!sign.containsAll(oversign)) {
      throw new IllegalArgumentException("a field must be signed to be oversigned");
    }
  }

  private static boolean has(List<String> names, String name) {
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }

  private static List<String> lower(List<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().toList();
  }

  /** These rules without some fields, for a site that rewrites them (as Message-ID and Date). */
  public SigningRules without(String... names) {
    List<String> left = List.of(names);
    return new SigningRules(
        sign.stream().filter(name -> !has(left, name)).toList(),
        oversign.stream().filter(name -> !has(left, name)).toList(),
        canonical,
        lifetime);
  }
}

package org.spillway.auth.dkim.keys;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.spillway.auth.dkim.Algorithm;
import org.spillway.auth.dkim.SigningKey;
import org.spillway.mail.Domain;

/**
 * One of our selectors.
 *
 * @param domain that answers for the mail
 * @param name the selector, s=
 * @param file its key
 */
public record Selector(Domain domain, String name, KeyFile file) {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The name of the record to publish. */
  public String recordName() {
    return name + "._domainkey." + domain.name();
  }

  /** Where it stands; a key without a time of creation is always in use. */
  public Stage stage(Rotation rotation, Instant now) {
    return file.created().map(created -> rotation.stage(created, now)).orElse(Stage.ACTIVE);
  }

  SigningKey signingKey() {
    return new SigningKey(domain, name, file.key().algorithm(), file.key().key());
  }

  /** A name for a new selector: the day, and R or E for the algorithm, as {@code s20261124r}. */
  public static String nameFor(Algorithm algorithm, Instant created) {
    String mark =
        switch (algorithm) {
          case RSA_SHA256 -> "r";
          case ED25519_SHA256 -> "e";
        };
    return "s" + DAY.format(created) + mark;
  }
}

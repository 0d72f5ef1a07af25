package org.spillway.auth.message;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.spillway.auth.Field;
import org.spillway.auth.Fields;
import org.spillway.auth.ForgedResults;
import org.spillway.auth.dkim.BodyHasher;
import org.spillway.auth.dkim.BodyHashes;
import org.spillway.auth.dkim.Canonical;

/** Authenticates mail from outside, and takes the hash that mail of ours is signed with. */
public final class AuthenticationWatch implements ContentWatch {
  private final MessageAuthenticator authenticator;
  private final Supplier<Duty> duty;

  /**
   * What is to be done; asked for each content.
   *
   * @param authenticates whose mail is looked at
   * @param signs false when no key is there
   * @param forged knows our authserv-ids
   */
  public record Duty(Whose authenticates, boolean signs, ForgedResults forged) {}

  /** Whose mail is authenticated. */
  public enum Whose {
    /** Nobody's. */
    NOBODYS,
    /** That of strangers. */
    STRANGERS,
    /** That of our own networks and users, too. */
    EVERYBODYS
  }

  public AuthenticationWatch(MessageAuthenticator authenticator, Supplier<Duty> duty) {
    this.authenticator = authenticator;
    this.duty = duty;
  }

  @Override
  public ContentPass begin(boolean fromOutside, byte[] header, int length) {
    Duty now = duty.get();
    boolean looked =
        switch (now.authenticates()) {
          case NOBODYS -> false;
          case STRANGERS -> fromOutside;
          case EVERYBODYS -> true;
        };
    BodyHashes bodies = new BodyHashes();
    Optional<BodyHasher> toSign =
        now.signs() && !fromOutside
            ? Optional.of(bodies.need(Canonical.RELAXED))
            : Optional.empty();
    if (!looked) {
      return new ContentPass(bodies, List.of(), Optional.empty(), toSign);
    }
    Fields fields = Fields.of(header, length);
    List<Field> forged = now.forged().among(fields);
    return new ContentPass(
        bodies, forged, Optional.of(authenticator.begin(fields, bodies)), toSign);
  }
}

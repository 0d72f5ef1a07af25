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
   * @param authenticates false to look at nothing from outside
   * @param signs false when no key is there
   * @param forged knows our authserv-ids
   */
  public record Duty(boolean authenticates, boolean signs, ForgedResults forged) {}

  public AuthenticationWatch(MessageAuthenticator authenticator, Supplier<Duty> duty) {
    this.authenticator = authenticator;
    this.duty = duty;
  }

  @Override
  public ContentPass begin(boolean fromOutside, byte[] header, int length) {
    Duty now = duty.get();
    if (fromOutside) {
      return now.authenticates() ? outside(header, length, now.forged()) : ContentPass.idle();
    }
    return now.signs() ? toSign() : ContentPass.idle();
  }

  private ContentPass outside(byte[] header, int length, ForgedResults claims) {
    Fields fields = Fields.of(header, length);
    List<Field> forged = claims.among(fields);
    BodyHashes bodies = new BodyHashes();
    PendingAuthentication pending = authenticator.begin(fields, bodies);
    return new ContentPass(bodies, forged, Optional.of(pending), Optional.empty());
  }

  private static ContentPass toSign() {
    BodyHashes bodies = new BodyHashes();
    BodyHasher hasher = bodies.need(Canonical.RELAXED);
    return new ContentPass(bodies, List.of(), Optional.empty(), Optional.of(hasher));
  }
}

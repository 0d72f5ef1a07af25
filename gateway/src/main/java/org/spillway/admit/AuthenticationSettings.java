package org.spillway.admit;

import java.util.Optional;
import org.spillway.auth.dmarc.PolicyOverride;

/**
 * What authentication of mail from outside means.
 *
 * @param use whether it is done, and whether anything follows
 * @param ownToo true to look at mail of our own networks and users too; nothing follows from it
 * @param authservId how our Authentication-Results are signed; the node's name when empty
 * @param onError what a DNS that does not answer means
 * @param refusesSpfFail true to refuse what SPF fails when no DMARC policy speaks
 * @param dmarc overrides of the domains' policies
 */
public record AuthenticationSettings(
    Use use,
    boolean ownToo,
    Optional<String> authservId,
    OnError onError,
    boolean refusesSpfFail,
    PolicyOverride.Settings dmarc) {
  /** Everything that the domains ask for is done; errors defer (invariant 7). */
  public static final AuthenticationSettings DEFAULT =
      new AuthenticationSettings(
          Use.ENFORCE, false, Optional.empty(), OnError.DEFER, false, PolicyOverride.Settings.NONE);

  /** Nothing is looked at. */
  public static final AuthenticationSettings OFF =
      new AuthenticationSettings(
          Use.OFF, false, Optional.empty(), OnError.DEFER, false, PolicyOverride.Settings.NONE);

  /** How far it goes. */
  public enum Use {
    /** Nothing is looked at. */
    OFF,
    /** Verdicts are recorded, and nothing follows from them. */
    RECORD,
    /** The domains' policies are applied. */
    ENFORCE
  }

  /** What follows when the DNS does not answer. */
  public enum OnError {
    /** The client is asked to come again. */
    DEFER,
    /** The message is taken as if the domain had no policy. */
    ACCEPT
  }
}

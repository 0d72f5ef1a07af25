package org.spillway.auth.arc;

import java.io.IOException;
import java.time.InstantSource;
import org.spillway.auth.Fields;
import org.spillway.auth.dkim.BodyHashes;
import org.spillway.auth.dkim.DkimSettings;
import org.spillway.auth.dkim.PublishedKeys;
import org.spillway.dns.Dns;
import org.spillway.mail.Content;

/**
 * Verifies the chains of messages (RFC 8617 §5.2) in the same two steps as {@link
 * org.spillway.auth.dkim.DkimVerifier}, and with the same body hashes. For any number of threads.
 */
public final class ArcVerifier {
  private final DkimSettings settings;
  private final PublishedKeys keys;
  private final InstantSource clock;

  /** Verifies by these settings and the time of this clock. */
  public ArcVerifier(DkimSettings settings, PublishedKeys keys, InstantSource clock) {
    this.settings = settings;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Reads the chain of a message and asks for the hashes it needs.
   *
   * @param bodies to be fed with the body before the result is asked for
   */
  public ArcVerification begin(Fields fields, BodyHashes bodies) {
    return new ArcVerification(
        new ArcVerification.Means(settings, keys, clock), fields, ArcChain.parse(fields), bodies);
  }

  /** Verifies a message that is stored, reading its body at most once. */
  public ArcResult verify(Content content, Dns dns) throws IOException {
    Fields fields = Fields.of(content);
    BodyHashes bodies = new BodyHashes();
    ArcVerification verification = begin(fields, bodies);
    bodies.feed(content, fields.headerBytes());
    return verification.result(dns);
  }
}

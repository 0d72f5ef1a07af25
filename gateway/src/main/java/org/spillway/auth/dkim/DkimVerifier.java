package org.spillway.auth.dkim;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.spillway.auth.Fields;
import org.spillway.dns.Dns;
import org.spillway.mail.Content;

/**
 * Verifies the DKIM signatures of messages (RFC 6376 §6) in two steps, so that the body is hashed
 * in the one pass while it comes in: {@link #begin} once the header fields are there, then the body
 * goes through the {@link BodyHashes}, then {@link Verification#results}. For any number of
 * threads.
 */
public final class DkimVerifier {
  private final DkimSettings settings;
  private final PublishedKeys keys;
  private final InstantSource clock;

  /** Verifies by these settings and the time of this clock. */
  public DkimVerifier(DkimSettings settings, PublishedKeys keys, InstantSource clock) {
    this.settings = settings;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Reads the signatures of a message and asks for the hashes they need.
   *
   * @param bodies to be fed with the body before the results are asked for
   */
  public Verification begin(Fields fields, BodyHashes bodies) {
    return new Verification(settings, keys, clock, fields).begin(bodies);
  }

  /** Verifies a message that is stored, reading its body at most once. */
  public List<DkimResult> verify(Content content, Dns dns) throws IOException {
    Fields fields = Fields.of(content);
    BodyHashes bodies = new BodyHashes();
    Verification verification = begin(fields, bodies);
    bodies.feed(content, fields.headerBytes());
    return verification.results(dns);
  }
}

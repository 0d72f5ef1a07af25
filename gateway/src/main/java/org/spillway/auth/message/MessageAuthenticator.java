package org.spillway.auth.message;

import java.io.IOException;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.spillway.auth.Fields;
import org.spillway.auth.arc.ArcVerifier;
import org.spillway.auth.dkim.BodyHashes;
import org.spillway.auth.dkim.DkimSettings;
import org.spillway.auth.dkim.DkimVerifier;
import org.spillway.auth.dkim.PublishedKeys;
import org.spillway.auth.dmarc.Dmarc;
import org.spillway.auth.dmarc.DmarcSettings;
import org.spillway.auth.spf.Spf;
import org.spillway.auth.spf.SpfRequest;
import org.spillway.auth.spf.SpfSettings;
import org.spillway.dns.Dns;
import org.spillway.mail.Content;

/**
 * Authenticates messages by every method, in two steps like {@link DkimVerifier}: {@link #begin}
 * when the header section is there, {@link PendingAuthentication#results} when the body has gone
 * through the hashes. For any number of threads; blocks for the DNS.
 */
public final class MessageAuthenticator {
  private final Methods methods;
  private final Dns dns;

  /** The methods, each with its settings. */
  public record Methods(Spf spf, DkimVerifier dkim, ArcVerifier arc, Dmarc dmarc) {
    /**
     * By these settings; DKIM and ARC share keys and bounds.
     *
     * @param keys kept for the life of the gateway
     * @param chance decides whom pct spares, under RFC 7489 only
     */
    public static Methods of(
        Settings settings,
        Dns dns,
        PublishedKeys keys,
        InstantSource clock,
        RandomGenerator chance) {
      return new Methods(
          new Spf(dns, clock, settings.spf()),
          new DkimVerifier(settings.dkim(), keys, clock),
          new ArcVerifier(settings.dkim(), keys, clock),
          new Dmarc(dns, settings.dmarc(), chance));
    }
  }

  /** The settings of each method. */
  public record Settings(SpfSettings spf, DkimSettings dkim, DmarcSettings dmarc) {
    /**
     * What the RFCs say.
     *
     * @param host how we call ourselves
     */
    public static Settings usual(String host) {
      return new Settings(SpfSettings.usual(host), DkimSettings.USUAL, DmarcSettings.DEFAULT);
    }
  }

  /** Asks nothing yet. */
  public MessageAuthenticator(Methods methods, Dns dns) {
    this.methods = methods;
    this.dns = dns;
  }

  /**
   * Reads what the header section asks for.
   *
   * @param bodies to be fed with the body before the results are asked for
   */
  public PendingAuthentication begin(Fields fields, BodyHashes bodies) {
    return new PendingAuthentication(
        methods,
        dns,
        fields,
        methods.dkim().begin(fields, bodies),
        methods.arc().begin(fields, bodies));
  }

  /** Authenticates a message that is stored, reading its body at most once. */
  public Authentication verify(SpfRequest said, Content content) throws IOException {
    Fields fields = Fields.of(content);
    BodyHashes bodies = new BodyHashes();
    PendingAuthentication pending = begin(fields, bodies);
    bodies.feed(content, fields.headerBytes());
    return pending.results(said);
  }
}

package org.spillway;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.spillway.auth.Field;
import org.spillway.auth.Fields;
import org.spillway.auth.dkim.BodyHash;
import org.spillway.auth.dkim.DkimSigner;
import org.spillway.auth.dkim.SignatureEngine;
import org.spillway.auth.dkim.SigningKey;
import org.spillway.auth.dkim.SigningRules;
import org.spillway.auth.dkim.keys.DkimKeys;
import org.spillway.auth.dkim.keys.KeyFolder;
import org.spillway.auth.dkim.keys.Rotation;
import org.spillway.auth.dmarc.AuthorDomain;
import org.spillway.deliver.courier.Signatures;
import org.spillway.route.Site;

/**
 * Signs mail of ours with the keys of its author's domain, which lie in the data directory as
 * {@code dkim/DOMAIN/SELECTOR.pem}. A cloud relay gets one signature, by RSA, that leaves out what
 * relays rewrite: some replace Message-ID and Date, and some refuse a second signature.
 */
final class Signing implements Signatures {
  private static final SigningRules USUAL = SigningRules.USUAL;
  private static final SigningRules FOR_RELAYS = USUAL.without("Message-ID", "Date");

  private final KeyFolder folder;
  private final DkimSigner signer;
  private final InstantSource clock;
  private volatile DkimKeys keys;

  /** Reads the keys; the exception names each file that cannot be used. */
  Signing(Path dataDirectory, SignatureEngine engine, InstantSource clock) throws IOException {
    this.folder = new KeyFolder(dataDirectory.resolve("dkim"), engine);
    this.signer = new DkimSigner(engine, clock);
    this.clock = clock;
    this.keys = read();
  }

  private DkimKeys read() throws IOException {
    KeyFolder.Reading reading = folder.read();
    if (!reading.problems().isEmpty()) {
      throw new IOException(String.join("\n", reading.problems()));
    }
    return new DkimKeys(reading.selectors(), Rotation.USUAL);
  }

  /** Reads the keys again; nothing changes until what is returned is run. */
  Runnable reading() throws IOException {
    DkimKeys fresh = read();
    return () -> keys = fresh;
  }

  /** False when there is no key at all. */
  boolean isOn() {
    return !keys.selectors().isEmpty();
  }

  @Override
  public List<String> over(Fields fields, BodyHash body, Site site) {
    AuthorDomain author =
        AuthorDomain.of(fields.all().stream().filter(f -> f.is("from")).map(Field::value).toList());
    return author instanceof AuthorDomain.One(var domain, var _)
        ? signed(fields, body, keys.signing(domain, clock.instant()), site)
        : List.of();
  }

  private List<String> signed(Fields fields, BodyHash body, List<SigningKey> all, Site site) {
    if (all.isEmpty()) {
      return List.of();
    }
    return switch (site.kind()) {
      case RELAY -> signer.sign(fields, body, all.subList(0, 1), FOR_RELAYS);
      case SMTP, LMTP, MX -> signer.sign(fields, body, all, USUAL);
    };
  }
}

package org.spillway.auth.dkim;

import java.security.PrivateKey;
import org.spillway.mail.Domain;

/**
 * A key to sign with.
 *
 * @param domain that answers for the message, d=
 * @param selector where its public half is published, s=
 * @param algorithm what it signs with
 * @param key the private half, as its {@link SignatureEngine} made it
 */
public record SigningKey(Domain domain, String selector, Algorithm algorithm, PrivateKey key) {
  @Override
  public String toString() { // never the key
    return algorithm.text() + " " + selector + "._domainkey." + domain;
  }
}

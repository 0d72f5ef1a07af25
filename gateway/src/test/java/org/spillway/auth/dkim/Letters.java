package org.spillway.auth.dkim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.spillway.auth.AuthCases;
import org.spillway.auth.Fields;
import org.spillway.auth.dkim.keys.KeyMaterial;
import org.spillway.mail.Content;
import org.spillway.mail.Domain;
import org.spillway.testing.FakeDns;

/** Letters that are signed and verified, with keys that are made once. */
final class Letters {
  static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  static final SignatureEngine ENGINE = SignatureEngine.fastest();
  static final Domain EXAMPLE = Domain.parse("example.com").orElseThrow();
  static final KeyMaterial RSA = KeyMaterial.generate(Algorithm.RSA_SHA256, ENGINE);
  static final KeyMaterial ED25519 = KeyMaterial.generate(Algorithm.ED25519_SHA256, ENGINE);
  static final SigningKey RSA_KEY = key("r", RSA);
  static final SigningKey ED25519_KEY = key("e", ED25519);
  static final String PLAIN =
      """
      From: Ann <ann@example.com>
      To: bob@example.net
      Subject: lunch
      Date: Tue, 24 Nov 2026 12:00:00 +0000
      Message-ID: <1@example.com>

      Hello  Bob,\s
      \tlunch?

      """;

  private Letters() {}

  static SigningKey key(String selector, KeyMaterial material) {
    return new SigningKey(EXAMPLE, selector, material.algorithm(), material.key());
  }

  /** A DNS where both keys are published. */
  static FakeDns dns() {
    return new FakeDns()
        .txt("r._domainkey.example.com", RSA.record())
        .txt("e._domainkey.example.com", ED25519.record());
  }

  static DkimVerifier verifier() {
    return verifier(DkimSettings.USUAL, NOW);
  }

  static DkimVerifier verifier(DkimSettings settings, Instant now) {
    return new DkimVerifier(settings, new PublishedKeys(ENGINE), InstantSource.fixed(now));
  }

  static String signed(String text, SigningRules rules, SigningKey... keys) {
    return signedAt(NOW, text, rules, keys);
  }

  static String signedAt(Instant time, String text, SigningRules rules, SigningKey... keys) {
    AuthCases.Bytes content = AuthCases.Bytes.of(text);
    try {
      Fields fields = Fields.of(content);
      BodyHashes bodies = new BodyHashes();
      bodies.need(rules.canonical().body());
      bodies.feed(content, fields.headerBytes());
      List<String> made =
          new DkimSigner(ENGINE, InstantSource.fixed(time))
              .sign(fields, bodies.of(rules.canonical().body()), List.of(keys), rules);
      return String.join("", made) + text.replace("\r\n", "\n").replace("\n", "\r\n");
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
  }

  static List<DkimResult> verified(String text) {
    return verified(text, dns());
  }

  static List<DkimResult> verified(String text, FakeDns dns) {
    return verified(verifier(), AuthCases.Bytes.of(text), dns);
  }

  static List<DkimResult> verified(DkimVerifier verifier, Content content, FakeDns dns) {
    try {
      return verifier.verify(content, dns);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
  }

  static SigningRules rules(Canonical header, Canonical body) {
    SigningRules usual = SigningRules.USUAL;
    return new SigningRules(
        usual.sign(),
        usual.oversign(),
        new Canonical.Pair(header, body),
        java.util.Optional.of(Duration.ofDays(7)));
  }
}

package org.spillway.auth.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spillway.auth.AuthCases;
import org.spillway.auth.Fields;
import org.spillway.auth.dkim.Algorithm;
import org.spillway.auth.dkim.BodyHashes;
import org.spillway.auth.dkim.Canonical;
import org.spillway.auth.dkim.DkimSettings;
import org.spillway.auth.dkim.PublishedKeys;
import org.spillway.auth.dkim.SignatureEngine;
import org.spillway.auth.dkim.SigningKey;
import org.spillway.auth.dkim.SigningRules;
import org.spillway.auth.dkim.keys.KeyMaterial;
import org.spillway.mail.Domain;
import org.spillway.testing.FakeDns;

/** Chains that we seal hop after hop, changed on the way or not. */
class ArcSealerTest {
  private static final SignatureEngine ENGINE = SignatureEngine.fastest();
  private static final Domain LIST = Domain.parse("lists.example").orElseThrow();
  private static final String LETTER =
      "From: ann@example.com\r\nTo: all@lists.example\r\nSubject: hi\r\n\r\nHello all\r\n";

  private final PublishedKeys published = new PublishedKeys(ENGINE);

  private ArcResult verified(String text, FakeDns dns) {
    try {
      return new ArcVerifier(DkimSettings.USUAL, published, InstantSource.fixed(AuthCases.NOW))
          .verify(AuthCases.Bytes.of(text), dns);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
  }

  private String sealed(String text, FakeDns dns, KeyMaterial key) {
    byte[] bytes = AuthCases.Bytes.of(text).bytes();
    Fields fields = Fields.of(bytes, bytes.length);
    BodyHashes bodies = new BodyHashes();
    bodies.need(Canonical.RELAXED);
    bodies.feed(bytes, fields.headerBytes(), bytes.length - fields.headerBytes());
    ArcResult chain = verified(text, dns);
    ArcSealer.Request request =
        new ArcSealer.Request(
            fields,
            bodies.of(Canonical.RELAXED),
            chain,
            "mx.lists.example; arc=" + chain.state().text() + "; spf=pass smtp.mailfrom=a@b",
            AuthCases.NOW);
    List<String> set =
        new ArcSealer(ENGINE)
            .seal(
                request,
                new SigningKey(LIST, "s", key.algorithm(), key.key()),
                SigningRules.USUAL.sign());
    assertThat(set)
        .isIn(
            List.of(),
            new ArcSealer(ENGINE)
                .seal(
                    request,
                    new SigningKey(LIST, "s", key.algorithm(), key.key()),
                    SigningRules.USUAL.sign()));
    return String.join("", set) + text;
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void threeHops(Algorithm algorithm) {
    KeyMaterial key = KeyMaterial.generate(algorithm, ENGINE);
    FakeDns dns = new FakeDns().txt("s._domainkey.lists.example", key.record());
    String one = sealed(LETTER, dns, key);
    assertThat(verified(one, dns).state()).isEqualTo(ArcResult.State.PASS);
    String two = sealed(one.replace("Subject: hi", "Subject: [all] hi"), dns, key);
    assertThat(verified(one.replace("hi", "ho"), dns).cause())
        .isEqualTo(ArcCause.MESSAGE_SIGNATURE);
    ArcResult broken = verified(two, dns);
    assertThat(broken.cause()).isEqualTo(ArcCause.FAILED_BEFORE);
    assertThat(sealed(two, dns, key)).isEqualTo(two); // nothing is added any more
  }

  @Test
  void aChangeAfterAHopIsSeen() {
    KeyMaterial key = KeyMaterial.generate(Algorithm.ED25519_SHA256, ENGINE);
    FakeDns dns = new FakeDns().txt("s._domainkey.lists.example", key.record());
    String two = sealed(sealed(LETTER, dns, key), dns, key);
    ArcResult whole = verified(two, dns);
    assertThat(whole.state()).isEqualTo(ArcResult.State.PASS);
    assertThat(whole.oldestPass()).isZero();
    assertThat(whole.sets()).extracting(set -> set.seal().domain()).containsExactly(LIST, LIST);
    assertThat(whole.sets().getLast().results().text())
        .isEqualTo("mx.lists.example; arc=pass; spf=pass smtp.mailfrom=a@b");
    String three = sealed(two, dns, key);
    assertThat(verified(three.replace("Hello all", "Hello you"), dns).cause())
        .isEqualTo(ArcCause.BODY_HASH);
    assertThat(verified(three.replace("spf=pass", "spf=fail"), dns).cause())
        .isEqualTo(ArcCause.SEAL);
    assertThat(verified(three.replaceAll("i=2", "i=4"), dns).cause()).isEqualTo(ArcCause.STRUCTURE);
  }

  @Test
  void keysThatAreMissing() {
    KeyMaterial key = KeyMaterial.generate(Algorithm.ED25519_SHA256, ENGINE);
    String name = "s._domainkey.lists.example";
    FakeDns dns = new FakeDns().txt(name, key.record());
    String one = sealed(LETTER, dns, key);
    assertThat(verified(one, new FakeDns()).cause()).isEqualTo(ArcCause.KEY);
    ArcResult later = verified(one, new FakeDns().fail(name, "SERVFAIL"));
    assertThat(later.cause()).isEqualTo(ArcCause.DNS);
    assertThat(later.isTemporary()).isTrue();
  }

  @Test
  void fiftyOneSetsAreTooMany() {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 51; i++) {
      text.append("ARC-Seal: i=").append(i).append("; a=rsa-sha256; b=AA; cv=");
      text.append(i == 1 ? "none" : "pass").append("; d=d.example; s=s\r\n");
    }
    assertThat(verified(text + LETTER, new FakeDns()).cause()).isEqualTo(ArcCause.TOO_MANY);
  }
}

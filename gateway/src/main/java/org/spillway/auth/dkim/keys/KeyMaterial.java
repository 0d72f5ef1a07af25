package org.spillway.auth.dkim.keys;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.spillway.auth.dkim.Algorithm;
import org.spillway.auth.dkim.SignatureEngine;

/**
 * A private key and what to publish of it.
 *
 * @param algorithm what it signs with
 * @param key as its engine uses it
 * @param pkcs8 as it is stored
 * @param published the value of p= in its record
 * @param bits its size
 */
public record KeyMaterial(
    Algorithm algorithm, PrivateKey key, byte[] pkcs8, String published, int bits) {
  private static final ASN1ObjectIdentifier ED25519 =
      new ASN1ObjectIdentifier("1.3.101.112"); // RFC 8410 §3
  private static final int ED25519_BITS = 256;
  private static final int MIN_RSA_BITS = 1024; // RFC 8301 §3.2
  private static final int STRING = 255; // RFC 6376 §3.6.2.2, RFC 1035 §3.3.14

  /** Reads a private key in PKCS #8; empty when it is none of ours, or shorter than 1,024 bits. */
  public static Optional<KeyMaterial> of(byte[] pkcs8, SignatureEngine engine) {
    try {
      PrivateKeyInfo info = PrivateKeyInfo.getInstance(pkcs8);
      AlgorithmIdentifier kind = info.getPrivateKeyAlgorithm();
      if (kind.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
        return rsa(pkcs8, engine);
      }
      return kind.getAlgorithm().equals(ED25519) ? ed25519(pkcs8, info, engine) : Optional.empty();
    } catch (java.io.IOException | RuntimeException notDer) {
      return Optional.empty();
    }
  }

  private static Optional<KeyMaterial> rsa(byte[] pkcs8, SignatureEngine engine)
      throws java.io.IOException {
    Optional<PrivateKey> key = engine.privateKey(Algorithm.RSA_SHA256, pkcs8);
    if (key.isEmpty()
        || !(key.get() instanceof RSAPrivateCrtKey numbers)
        || numbers.getModulus().bitLength() < MIN_RSA_BITS) {
      return Optional.empty();
    }
    byte[] half =
        new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                new RSAPublicKey(numbers.getModulus(), numbers.getPublicExponent()))
            .getEncoded("DER");
    return Optional.of(
        new KeyMaterial(
            Algorithm.RSA_SHA256,
            key.get(),
            pkcs8,
            Base64.getEncoder().encodeToString(half),
            numbers.getModulus().bitLength()));
  }

  /** The JDK does not tell the public half of an Ed25519 key. */
  private static Optional<KeyMaterial> ed25519(
      byte[] pkcs8, PrivateKeyInfo info, SignatureEngine engine) throws java.io.IOException {
    byte[] seed = ASN1OctetString.getInstance(info.parsePrivateKey()).getOctets();
    byte[] half = new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
    return engine
        .privateKey(Algorithm.ED25519_SHA256, pkcs8)
        .map(
            key ->
                new KeyMaterial(
                    Algorithm.ED25519_SHA256,
                    key,
                    pkcs8,
                    Base64.getEncoder().encodeToString(half),
                    ED25519_BITS));
  }

  /** Makes a new key; RSA of 2,048 bits. */
  public static KeyMaterial generate(Algorithm algorithm, SignatureEngine engine) {
    try {
      KeyPairGenerator generator =
          switch (algorithm) {
            case RSA_SHA256 -> KeyPairGenerator.getInstance("RSA");
            case ED25519_SHA256 -> KeyPairGenerator.getInstance("Ed25519");
          };
      if (algorithm == Algorithm.RSA_SHA256) {
        generator.initialize(2048);
      }
      byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
      return of(pkcs8, engine).orElseThrow(() -> new IllegalStateException("unreadable new key"));
    } catch (GeneralSecurityException everyJdkCan) {
      throw new IllegalStateException(everyJdkCan);
    }
  }

  /** The text of the TXT record to publish (RFC 6376 §3.6.1). */
  public String record() {
    return "v=DKIM1; k=" + algorithm.keyType() + "; p=" + published;
  }

  /** The record in strings of at most 255 bytes, as the DNS wants it. */
  public List<String> strings() {
    String text = record();
    List<String> strings = new ArrayList<>();
    for (int at = 0; at < text.length(); at += STRING) {
      strings.add(text.substring(at, Math.min(text.length(), at + STRING)));
    }
    return strings;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyMaterial that && Arrays.equals(pkcs8, that.pkcs8);
  }

  @Override
  public int hashCode() {
    return published.hashCode();
  }

  @Override
  public String toString() { // never the key
    return algorithm.text() + " " + bits + " bits";
  }
}

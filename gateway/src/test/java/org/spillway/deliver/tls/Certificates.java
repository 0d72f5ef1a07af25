package org.spillway.deliver.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.spillway.dns.Dns;

/** Certificates of every kind, and the TLSA records for them. */
final class Certificates {
  static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
  static final Issuer ROOT = Issuer.root("Root");
  static final Issuer MIDDLE = ROOT.under("Middle");
  static final Issuer OTHER = Issuer.root("Other");

  private Certificates() {}

  /** Somebody who signs. */
  record Issuer(KeyPair keys, X509Certificate certificate) {
    static Issuer root(String name) {
      KeyPair keys = fresh("EC");
      X500Name self = new X500Name("CN=" + name);
      return new Issuer(keys, sign(builder(self, self, keys, 0), keys, true));
    }

    Issuer under(String name) {
      KeyPair own = fresh("EC");
      X500Name issuer = new X500Name(certificate.getSubjectX500Principal().getName());
      return new Issuer(own, sign(builder(issuer, new X500Name("CN=" + name), own, 0), keys, true));
    }

    /** A leaf for these names, valid for a day around now plus so many days. */
    X509Certificate leaf(int daysOff, String commonName, String... names) {
      return leaf(KeyPurposeId.id_kp_serverAuth, daysOff, commonName, names);
    }

    X509Certificate leaf(KeyPurposeId use, int daysOff, String commonName, String... names) {
      try {
        X500Name issuer = new X500Name(certificate.getSubjectX500Principal().getName());
        JcaX509v3CertificateBuilder builder =
            builder(issuer, new X500Name("CN=" + commonName), fresh("RSA"), daysOff);
        if (names.length > 0) {
          builder.addExtension(
              Extension.subjectAlternativeName,
              false,
              new GeneralNames(
                  Stream.of(names)
                      .map(
                          n ->
                              new GeneralName(
                                  n.matches("[0-9.]+")
                                      ? GeneralName.iPAddress
                                      : GeneralName.dNSName,
                                  n))
                      .toArray(GeneralName[]::new)));
        }
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(use));
        return sign(builder, keys, false);
      } catch (IOException broken) {
        throw new IllegalStateException(broken);
      }
    }
  }

  private static KeyPair fresh(String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(algorithm.equals("RSA") ? 2048 : 256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair keys, int daysOff) {
    Instant middle = NOW.plus(Duration.ofDays(daysOff));
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(64, new java.security.SecureRandom()),
        Date.from(middle.minus(Duration.ofHours(12))),
        Date.from(middle.plus(Duration.ofHours(12))),
        subject,
        keys.getPublic());
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair by, boolean ca) {
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException | IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** The record that matches a certificate. */
  static Dns.Tlsa tlsa(int usage, int selector, int matching, X509Certificate of) {
    try {
      byte[] selected = selector == 0 ? of.getEncoded() : of.getPublicKey().getEncoded();
      byte[] data =
          switch (matching) {
            case 1 -> MessageDigest.getInstance("SHA-256").digest(selected);
            case 2 -> MessageDigest.getInstance("SHA-512").digest(selected);
            default -> selected;
          };
      return new Dns.Tlsa(usage, selector, matching, HexFormat.of().formatHex(data));
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  static List<X509Certificate> chain(X509Certificate leaf, Issuer... issuers) {
    return Stream.concat(Stream.of(leaf), Stream.of(issuers).map(Issuer::certificate)).toList();
  }
}

package org.spillway.deliver.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.spillway.dns.Dns;

/**
 * Holds certificates against TLSA records (RFC 6698 §2.1, RFC 7671, RFC 7672 §3.1). One record that
 * matches is enough, so that keys can roll over.
 */
public final class TlsaCheck {
  private static final int DANE_TA = 2;
  private static final int DANE_EE = 3;
  private static final List<String> KEY_TYPES = List.of("RSA", "EC", "EdDSA");
  private static final Set<String> SERVER = Set.of("1.3.6.1.5.5.7.3.1", "2.5.29.37.0");

  private TlsaCheck() {}

  /** True for records that mail can use (RFC 7672 §3.1): usages 2 and 3, well formed. */
  public static boolean isUsable(Dns.Tlsa record) {
    boolean known =
        (record.usage() == DANE_TA || record.usage() == DANE_EE)
            && (record.selector() == 0 || record.selector() == 1);
    Optional<byte[]> data = bytes(record);
    if (!known || data.isEmpty()) {
      return false;
    }
    return switch (record.matching()) {
      case 0 ->
          record.selector() == 0
              ? certificate(data.get()).isPresent()
              : publicKey(data.get()).isPresent();
      case 1 -> data.get().length == 32;
      case 2 -> data.get().length == 64;
      default -> false;
    };
  }

  /**
   * Nothing when the peer is who the records say.
   *
   * @param chain as the peer showed it, its own certificate first
   * @param at now, for usage 2
   */
  static Optional<TlsFault> objection(
      TlsDemand.Proof.Dane proof, List<X509Certificate> chain, Instant at) {
    X509Certificate leaf = chain.getFirst();
    for (Dns.Tlsa record : proof.records()) {
      // RFC 7672 §3.1.1: neither names nor dates of the certificate count
      if (record.usage() == DANE_EE && isUsable(record) && matches(record, leaf)) {
        return Optional.empty();
      }
    }
    Set<TrustAnchor> anchors = new HashSet<>();
    boolean leafIsAnchor = false;
    for (Dns.Tlsa record : proof.records()) {
      if (record.usage() == DANE_TA && isUsable(record)) {
        leafIsAnchor |= matches(record, leaf);
        addAnchors(record, chain, anchors);
      }
    }
    if (anchors.isEmpty()) {
      return Optional.of(new TlsFault.TlsaMismatch(proof.records().size()));
    }
    Optional<TlsFault> path =
        leafIsAnchor ? dates(chain, at) : path(chain, anchors, at); // RFC 7671 §5.2
    return path.or(() -> purpose(leaf))
        .or(() -> CertificateNames.objectionOldStyle(leaf, proof.names()));
  }

  private static boolean matches(Dns.Tlsa record, X509Certificate certificate) {
    try {
      byte[] whole = certificate.getEncoded();
      byte[] selected = record.selector() == 0 ? whole : Der.publicKeyOf(certificate);
      byte[] seen =
          switch (record.matching()) {
            case 1 -> MessageDigest.getInstance("SHA-256").digest(selected);
            case 2 -> MessageDigest.getInstance("SHA-512").digest(selected);
            default -> selected;
          };
      return Arrays.equals(seen, bytes(record).orElse(new byte[0]));
    } catch (GeneralSecurityException unreadable) {
      return false;
    }
  }

  /** The certificates of the chain that match; and what the record itself holds (RFC 7671 §5.2). */
  private static void addAnchors(
      Dns.Tlsa record, List<X509Certificate> chain, Set<TrustAnchor> anchors) {
    for (X509Certificate each : chain) {
      if (matches(record, each)) {
        anchors.add(new TrustAnchor(each, null));
      }
    }
    byte[] data = bytes(record).orElse(new byte[0]);
    if (record.matching() == 0 && record.selector() == 0) {
      certificate(data).ifPresent(c -> anchors.add(new TrustAnchor(c, null)));
    } else if (record.matching() == 0) {
      publicKey(data)
          .ifPresent(
              key ->
                  chain.forEach(
                      c -> anchors.add(new TrustAnchor(c.getIssuerX500Principal(), key, null))));
    }
  }

  private static Optional<TlsFault> dates(List<X509Certificate> chain, Instant at) {
    try {
      chain.getFirst().checkValidity(Date.from(at));
      return Optional.empty();
    } catch (GeneralSecurityException outOfDate) {
      return Optional.of(Authorities.fault(outOfDate, chain, at));
    }
  }

  private static Optional<TlsFault> path(
      List<X509Certificate> chain, Set<TrustAnchor> anchors, Instant at) {
    try {
      X509CertSelector target = new X509CertSelector();
      target.setCertificate(chain.getFirst());
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
      parameters.setRevocationEnabled(false);
      parameters.setMaxPathLength(10);
      parameters.setDate(Date.from(at));
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
      CertPathBuilder.getInstance("PKIX").build(parameters);
      return Optional.empty();
    } catch (GeneralSecurityException noPath) {
      return Optional.of(Authorities.fault(noPath, chain, at));
    }
  }

  private static Optional<TlsFault> purpose(X509Certificate leaf) {
    try {
      List<String> purposes = leaf.getExtendedKeyUsage();
      return purposes == null || purposes.stream().anyMatch(SERVER::contains)
          ? Optional.empty()
          : Optional.of(new TlsFault.Untrusted("the certificate is not for servers"));
    } catch (GeneralSecurityException unreadable) {
      return Optional.of(new TlsFault.Untrusted("the certificate's purposes are malformed"));
    }
  }

  private static Optional<byte[]> bytes(Dns.Tlsa record) {
    try {
      return Optional.of(HexFormat.of().parseHex(record.data())).filter(b -> b.length > 0);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<X509Certificate> certificate(byte[] der) {
    try {
      return CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der))
              instanceof X509Certificate found
          ? Optional.of(found)
          : Optional.empty();
    } catch (GeneralSecurityException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<PublicKey> publicKey(byte[] der) {
    for (String type : KEY_TYPES) {
      try {
        return Optional.of(
            KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(der)));
      } catch (GeneralSecurityException another) {
        continue;
      }
    }
    return Optional.empty();
  }

  /** The public key of a certificate byte for byte as it stands there (RFC 5280 §4.1). */
  private static final class Der {
    private final byte[] bytes;
    private int at;

    private Der(byte[] bytes) {
      this.bytes = bytes;
    }

    static byte[] publicKeyOf(X509Certificate certificate) throws CertificateEncodingException {
      Der der = new Der(certificate.getTBSCertificate());
      der.enter();
      if ((der.bytes[der.at] & 0xff) == 0xa0) { // version
        der.skip();
      }
      for (int i = 0; i < 5; i++) { // serial, signature, issuer, validity, subject
        der.skip();
      }
      int from = der.at;
      der.skip();
      return Arrays.copyOfRange(der.bytes, from, der.at);
    }

    private void skip() {
      int length = enter();
      at += length;
    }

    /** Steps behind tag and length, which the JDK has checked when it parsed the certificate. */
    private int enter() {
      at++;
      int length = bytes[at++] & 0xff;
      if (length < 0x80) {
        return length;
      }
      int octets = length & 0x7f;
      length = 0;
      for (int i = 0; i < octets; i++) {
        length = length << 8 | bytes[at++] & 0xff;
      }
      return length;
    }
  }
}

package org.spillway.deliver.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whom we trust to vouch for names: the system's authorities, or those of a file. */
public final class Authorities {
  private static final String ANY_KEY_EXCHANGE = "UNKNOWN"; // as JSSE says under TLS 1.3

  private final TrustManager[] managers;
  private final X509TrustManager manager;

  private Authorities(KeyStore anchors) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(anchors);
    managers = factory.getTrustManagers();
    manager = (X509TrustManager) managers[0];
  }

  /** The system's. */
  public static Authorities system() {
    try {
      return new Authorities(null);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken); // a Java without authorities
    }
  }

  /** Those of a PEM file; throws when it cannot be read. */
  public static Authorities of(Path pem) throws IOException {
    try {
      KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
      anchors.load(null, null);
      try (InputStream in = Files.newInputStream(pem)) {
        int number = 0;
        for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
          anchors.setCertificateEntry("ca-" + number++, each);
        }
      }
      if (anchors.size() == 0) {
        throw new IOException("authorities in " + pem + ": there are none");
      }
      return new Authorities(anchors);
    } catch (GeneralSecurityException unusable) {
      throw new IOException("authorities in " + pem + ": " + unusable.getMessage(), unusable);
    }
  }

  /** A context for clients that trust these. */
  public SSLContext clientContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers, null);
      return context;
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /**
   * Nothing when a chain leads to one of them (RFC 5280 §6); names are not looked at.
   *
   * @param chain the peer's own certificate first
   * @param at to say which certificate is out of date
   */
  Optional<TlsFault> objection(List<X509Certificate> chain, Instant at) {
    try {
      manager.checkServerTrusted(chain.toArray(X509Certificate[]::new), ANY_KEY_EXCHANGE);
      return Optional.empty();
    } catch (CertificateException refused) {
      return Optional.of(fault(refused, chain, at));
    }
  }

  /** What an exception of path validation says. */
  static TlsFault fault(Throwable refused, List<X509Certificate> chain, Instant at) {
    Throwable deepest = refused;
    for (Throwable t = refused; t != null; t = t.getCause()) {
      if (isAboutTime(t)) {
        return expired(chain, at);
      }
      deepest = t;
    }
    if (!isValid(chain.getFirst(), at)) { // path building leaves it out without saying why
      return expired(chain, at);
    }
    String why = deepest.getMessage();
    return new TlsFault.Untrusted(
        "the certificate is not trusted" + (why == null ? "" : ": " + why));
  }

  private static boolean isAboutTime(Throwable t) {
    return t instanceof CertificateExpiredException
        || t instanceof CertificateNotYetValidException
        || t instanceof CertPathValidatorException path
            && (path.getReason() == CertPathValidatorException.BasicReason.EXPIRED
                || path.getReason() == CertPathValidatorException.BasicReason.NOT_YET_VALID);
  }

  private static TlsFault expired(List<X509Certificate> chain, Instant at) {
    X509Certificate culprit =
        chain.stream().filter(c -> !isValid(c, at)).findFirst().orElse(chain.getFirst());
    return new TlsFault.Expired(
        culprit.getNotBefore().toInstant(), culprit.getNotAfter().toInstant());
  }

  private static boolean isValid(X509Certificate certificate, Instant at) {
    return !at.isBefore(certificate.getNotBefore().toInstant())
        && !at.isAfter(certificate.getNotAfter().toInstant());
  }
}

package org.spillway.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate made for a test, signed by an authority made for it. */
public final class TestCertificate {
  private final X509Certificate authority;
  private final X509Certificate certificate;
  private final KeyPair keys;
  private final Optional<TestCertificate> clients;

  private TestCertificate(
      X509Certificate authority,
      X509Certificate certificate,
      KeyPair keys,
      Optional<TestCertificate> clients) {
    this.authority = authority;
    this.certificate = certificate;
    this.keys = keys;
    this.clients = clients;
  }

  /** Makes one for these DNS names or IPv4 addresses, valid now for a day. */
  public static TestCertificate of(String... names) {
    return of(Instant.now(), names);
  }

  /** Makes one valid for a day around that instant. */
  public static TestCertificate of(Instant at, String... names) {
    try {
      KeyPair root = pair();
      X500Name issuer = new X500Name("CN=Spillway test authority");
      KeyPair keys = pair();
      X509Certificate authority =
          sign(builder(at, issuer, issuer, root), root, new BasicConstraints(true));
      JcaX509v3CertificateBuilder leaf = builder(at, issuer, new X500Name("CN=" + names[0]), keys);
      GeneralName[] alternatives =
          List.of(names).stream().map(TestCertificate::name).toArray(GeneralName[]::new);
      leaf.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
      return new TestCertificate(
          authority, sign(leaf, root, new BasicConstraints(false)), keys, Optional.empty());
    } catch (GeneralSecurityException | OperatorCreationException | IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static KeyPair pair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static GeneralName name(String text) {
    boolean address = text.matches("[0-9.]+");
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, text);
  }

  private static JcaX509v3CertificateBuilder builder(
      Instant at, X500Name issuer, X500Name subject, KeyPair keys) {
    Date from = Date.from(at.minus(Duration.ofHours(12)));
    Date until = Date.from(at.plus(Duration.ofHours(12)));
    BigInteger serial = new BigInteger(64, new java.security.SecureRandom());
    return new JcaX509v3CertificateBuilder(issuer, serial, from, until, subject, keys.getPublic());
  }

  private static X509Certificate sign(
      JcaX509v3CertificateBuilder builder, KeyPair by, BasicConstraints constraints)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    builder.addExtension(Extension.basicConstraints, true, constraints);
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate())));
  }

  /** The certificate itself, then its authority. */
  public List<X509Certificate> chain() {
    return List.of(certificate, authority);
  }

  /** The public key as it stands in the certificate. */
  public byte[] publicKey() {
    return keys.getPublic().getEncoded();
  }

  /** The same for a server that lets in only clients of that one's authority. */
  public TestCertificate demanding(TestCertificate ofClients) {
    return new TestCertificate(authority, certificate, keys, Optional.of(ofClients));
  }

  boolean demandsClients() {
    return clients.isPresent();
  }

  /** A context for the server that has this certificate. */
  public SSLContext serverContext() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "key", keys.getPrivate(), new char[0], new Certificate[] {certificate, authority});
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          factory.getKeyManagers(), clients.isPresent() ? clients.get().trusting() : null, null);
      return context;
    } catch (GeneralSecurityException | IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** A context for a client that trusts the authority of this certificate. */
  public SSLContext clientContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusting(), null);
      return context;
    } catch (GeneralSecurityException | IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private TrustManager[] trusting() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", authority);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** Writes the authority as PEM, for whoever is to trust it. */
  public Path writeAuthority(Path file) throws IOException {
    return write(file, "CERTIFICATE", encoded(authority));
  }

  /** Writes the certificate and its authority as PEM. */
  public Path writeChain(Path file) throws IOException {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(pem("CERTIFICATE", encoded(certificate)));
    both.write(pem("CERTIFICATE", encoded(authority)));
    return Files.write(file, both.toByteArray());
  }

  /** Writes the private key as PKCS#8 PEM. */
  public Path writeKey(Path file) throws IOException {
    return write(file, "PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static Path write(Path file, String type, byte[] bytes) throws IOException {
    return Files.write(file, pem(type, bytes));
  }

  private static byte[] pem(String type, byte[] bytes) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    String text = "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

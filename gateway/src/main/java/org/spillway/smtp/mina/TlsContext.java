package org.spillway.smtp.mina;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.mina.filter.ssl.SslFilter;

/** Our certificate as listeners use it; read again on demand, for the handshakes after that. */
public final class TlsContext {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  private static final char[] NO_PASSWORD = new char[0];

  private volatile SSLContext context;

  private TlsContext(TlsFiles files) throws IOException {
    this.context = read(files);
  }

  /** Reads the files; the exception says which one is wrong, and how. */
  public static TlsContext load(TlsFiles files) throws IOException {
    return new TlsContext(files);
  }

  /**
   * Reads files for the handshakes to come; nothing changes until what is returned is run.
   *
   * @throws IOException when they cannot be used; the message says which one is wrong, and how
   */
  public Runnable reading(TlsFiles files) throws IOException {
    SSLContext fresh = read(files);
    return () -> context = fresh;
  }

  /** A filter for one session. */
  SslFilter filter() {
    SslFilter filter = new SslFilter(context);
    filter.setEnabledProtocols("TLSv1.2", "TLSv1.3"); // RFC 8996, RFC 9325 §3.1.1
    return filter;
  }

  private static SSLContext read(TlsFiles files) throws IOException {
    Certificate[] chain = chain(files.certificate());
    PrivateKey key = key(files.key());
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("ours", key, NO_PASSWORD, chain);
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException unusable) {
      throw new IOException(
          files.certificate() + " and " + files.key() + " do not go together", unusable);
    }
  }

  private static Certificate[] chain(Path file) throws IOException {
    try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(file))) {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(in)
              .toArray(Certificate[]::new);
      if (chain.length == 0) {
        throw new IOException(file + " holds no certificate");
      }
      return chain;
    } catch (GeneralSecurityException malformed) {
      throw new IOException(file + " is not a PEM certificate chain", malformed);
    }
  }

  private static PrivateKey key(Path file) throws IOException {
    Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw new IOException(file + " holds no PKCS#8 key (-----BEGIN PRIVATE KEY-----)");
    }
    byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
    return ALGORITHMS.stream()
        .flatMap(algorithm -> key(algorithm, der).stream())
        .findFirst()
        .orElseThrow(() -> new IOException(file + " is neither an RSA, an EC nor an Ed25519 key"));
  }

  private static Optional<PrivateKey> key(String algorithm, byte[] der) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
    } catch (GeneralSecurityException another) {
      return Optional.empty();
    }
  }
}

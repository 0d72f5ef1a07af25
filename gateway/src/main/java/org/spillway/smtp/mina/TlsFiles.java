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
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * A certificate of ours and its key.
 *
 * @param certificate PEM chain, ours first
 * @param key PEM private key (PKCS#8)
 */
public record TlsFiles(Path certificate, Path key) {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  private static final char[] NO_PASSWORD = new char[0];

  /**
   * What the files hold.
   *
   * @param certificate ours
   * @param managers for handshakes
   */
  public record Loaded(X509Certificate certificate, KeyManager[] managers) {}

  /** Reads the files; the exception says which one is wrong, and how. */
  public Loaded load() throws IOException {
    Certificate[] chain = chain();
    PrivateKey secret = secret();
    try {
      if (!belongs(secret, chain[0].getPublicKey())) {
        throw new IOException(key + " is not the key of " + certificate);
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("ours", secret, NO_PASSWORD, chain);
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, NO_PASSWORD);
      return new Loaded((X509Certificate) chain[0], keys.getKeyManagers());
    } catch (GeneralSecurityException unusable) {
      throw new IOException(certificate + " and " + key + " do not go together", unusable);
    }
  }

  /** Signs something and looks whether the certificate's key knows it: a swapped file is common. */
  private static boolean belongs(PrivateKey secret, PublicKey open)
      throws GeneralSecurityException {
    String algorithm =
        switch (secret.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    byte[] probe = {1, 2, 3};
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(secret);
    signature.update(probe);
    byte[] signed = signature.sign();
    signature.initVerify(open);
    signature.update(probe);
    return signature.verify(signed);
  }

  private Certificate[] chain() throws IOException {
    try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(certificate))) {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(in)
              .toArray(Certificate[]::new);
      if (chain.length == 0) {
        throw new IOException(certificate + " holds no certificate");
      }
      return chain;
    } catch (GeneralSecurityException malformed) {
      throw new IOException(certificate + " is not a PEM certificate chain", malformed);
    }
  }

  private PrivateKey secret() throws IOException {
    Matcher pem = KEY.matcher(Files.readString(key, StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw new IOException(key + " holds no PKCS#8 key (-----BEGIN PRIVATE KEY-----)");
    }
    byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
    return ALGORITHMS.stream()
        .flatMap(algorithm -> secret(algorithm, der).stream())
        .findFirst()
        .orElseThrow(() -> new IOException(key + " is neither an RSA, an EC nor an Ed25519 key"));
  }

  private static Optional<PrivateKey> secret(String algorithm, byte[] der) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
    } catch (GeneralSecurityException another) {
      return Optional.empty();
    }
  }
}

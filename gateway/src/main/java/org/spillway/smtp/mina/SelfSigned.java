package org.spillway.smtp.mina;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate for the first start, so that TLS is there from the beginning: senders who do not
 * verify get encryption. It is valid for a year; a real one should take its place before that.
 */
public final class SelfSigned {
  private static final Logger LOG = LoggerFactory.getLogger(SelfSigned.class);
  private static final Duration LIFE = Duration.ofDays(365);
  private static final int MAX_COMMON_NAME = 64; // RFC 5280 appendix A.1, ub-common-name

  private SelfSigned() {}

  /**
   * Makes both files where neither is there, and warns; files that are there stay untouched.
   *
   * @param name our host name
   * @return true when they were made
   */
  public static boolean ensure(TlsFiles files, String name, Instant now) throws IOException {
    boolean certificate = Files.exists(files.certificate(), LinkOption.NOFOLLOW_LINKS);
    boolean key = Files.exists(files.key(), LinkOption.NOFOLLOW_LINKS);
    if (certificate || key) {
      return false;
    }
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair pair = generator.generateKeyPair();
      byte[] signed = signed(pair, name, now);
      write(files.key(), "PRIVATE KEY", pair.getPrivate().getEncoded(), "rw-------");
      write(files.certificate(), "CERTIFICATE", signed, "rw-r--r--");
    } catch (GeneralSecurityException | OperatorCreationException broken) {
      throw new IOException("no certificate could be made: " + broken.getMessage(), broken);
    }
    LOG.warn(
        "There was no certificate: {} is self-signed now. Senders who verify will not use it; put"
            + " a certificate of a known authority in its place and reload.",
        files.certificate());
    return true;
  }

  private static byte[] signed(KeyPair pair, String name, Instant now)
      throws OperatorCreationException, IOException {
    X500Name subject =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.CN, name.length() <= MAX_COMMON_NAME ? name : "Spillway")
            .build();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            subject,
            new BigInteger(120, new SecureRandom()),
            Date.from(now.minus(Duration.ofHours(1))), // clocks differ
            Date.from(now.plus(LIFE)),
            subject,
            pair.getPublic());
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
    return builder
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
        .getEncoded();
  }

  private static void write(Path file, String type, byte[] der, String rights) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    String pem = "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path fresh =
        Files.createTempFile(
            folder,
            ".tls",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(fresh, pem, StandardCharsets.US_ASCII);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(rights));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException another) {
      throw new IOException(file + " appeared meanwhile", another);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}

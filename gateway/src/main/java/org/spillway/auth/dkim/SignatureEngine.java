package org.spillway.auth.dkim;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where signatures are computed: native code through Amazon Corretto Crypto Provider where it can
 * be loaded, else the JDK. The answers are the same, the native ones come about four times sooner
 * for RSA and twenty times for Ed25519 (docs/decisions/0005). For any number of threads.
 */
public final class SignatureEngine {
  private static final Logger LOG = LoggerFactory.getLogger(SignatureEngine.class);

  /** What stands before the 32 bytes of an Ed25519 key in its X.509 form (RFC 8410 §4). */
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int ED25519_BYTES = 32;

  private final Optional<Provider> provider;

  private SignatureEngine(Optional<Provider> provider) {
    this.provider = provider;
  }

  /** The native one, or the JDK's where the native one cannot be loaded; says which in the log. */
  public static SignatureEngine fastest() {
    Optional<Provider> found = nativeProvider();
    LOG.debug("signatures are computed by {}", found.map(Provider::getInfo).orElse("the JDK"));
    return new SignatureEngine(found);
  }

  /** The JDK's. */
  public static SignatureEngine jdk() {
    return new SignatureEngine(Optional.empty());
  }

  private static Optional<Provider> nativeProvider() {
    try {
      AmazonCorrettoCryptoProvider found = AmazonCorrettoCryptoProvider.INSTANCE;
      found.assertHealthy(); // also when this machine has no native part
      return Optional.of(found);
    } catch (RuntimeException | LinkageError missing) {
      LOG.warn("no native signatures, RSA takes four times as long: {}", missing.toString());
      return Optional.empty();
    }
  }

  /** True for the native one. */
  public boolean isNative() {
    return provider.isPresent();
  }

  /**
   * Signs.
   *
   * @param key of the algorithm's kind, best one from {@link #privateKey}
   * @param data what is signed, before any hash
   */
  public byte[] sign(Algorithm algorithm, PrivateKey key, byte[] data) {
    try {
      Signature signature = signature(algorithm);
      signature.initSign(key);
      signature.update(input(algorithm, data));
      return signature.sign();
    } catch (GeneralSecurityException wrongKey) {
      throw new IllegalStateException("a key that was accepted cannot sign", wrongKey);
    }
  }

  /** True when the signature is of this data by this key; false whatever else is wrong. */
  public boolean verify(Algorithm algorithm, PublicKey key, byte[] data, byte[] signed) {
    try {
      Signature signature = signature(algorithm);
      signature.initVerify(key);
      signature.update(input(algorithm, data));
      return signature.verify(signed);
    } catch (GeneralSecurityException | RuntimeException refused) {
      return false;
    }
  }

  /** RFC 8463 §3: Ed25519 signs the hash of the data. */
  private static byte[] input(Algorithm algorithm, byte[] data) {
    return switch (algorithm) {
      case RSA_SHA256 -> data;
      case ED25519_SHA256 -> BodyHasher.sha256().digest(data);
    };
  }

  private Signature signature(Algorithm algorithm) throws GeneralSecurityException {
    String name =
        switch (algorithm) {
          case RSA_SHA256 -> "SHA256withRSA";
          case ED25519_SHA256 -> "Ed25519";
        };
    return provider.isPresent()
        ? Signature.getInstance(name, provider.get())
        : Signature.getInstance(name);
  }

  /** A private key from its PKCS #8 form. */
  public Optional<PrivateKey> privateKey(Algorithm algorithm, byte[] pkcs8) {
    try {
      return Optional.of(factory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (GeneralSecurityException | RuntimeException noKey) {
      return Optional.empty();
    }
  }

  /** An RSA key of its two numbers. */
  Optional<PublicKey> rsa(BigInteger modulus, BigInteger exponent) {
    return publicKey(Algorithm.RSA_SHA256, new RSAPublicKeySpec(modulus, exponent));
  }

  /** An Ed25519 key of its 32 bytes. */
  Optional<PublicKey> ed25519(byte[] raw) {
    if (raw.length != ED25519_BYTES) {
      return Optional.empty();
    }
    byte[] encoded = new byte[ED25519_PREFIX.length + raw.length];
    System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
    System.arraycopy(raw, 0, encoded, ED25519_PREFIX.length, raw.length);
    return publicKey(Algorithm.ED25519_SHA256, new X509EncodedKeySpec(encoded));
  }

  private Optional<PublicKey> publicKey(Algorithm algorithm, KeySpec spec) {
    try {
      return Optional.of(factory(algorithm).generatePublic(spec));
    } catch (GeneralSecurityException | RuntimeException noKey) {
      return Optional.empty();
    }
  }

  /** The native provider reads RSA keys only; it takes the JDK's Ed25519 keys as they are. */
  private KeyFactory factory(Algorithm algorithm) throws GeneralSecurityException {
    return switch (algorithm) {
      case RSA_SHA256 ->
          provider.isPresent()
              ? KeyFactory.getInstance("RSA", provider.get())
              : KeyFactory.getInstance("RSA");
      case ED25519_SHA256 -> KeyFactory.getInstance("Ed25519");
    };
  }
}

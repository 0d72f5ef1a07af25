package org.spillway.auth.dkim;

import java.math.BigInteger;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.spillway.auth.TagList;

/**
 * A public key as published in the DNS (RFC 6376 §3.6.1).
 *
 * @param algorithm the one it is for
 * @param key the key
 * @param bits its size
 * @param sha256 false when h= leaves it out
 * @param mail false when s= leaves it out
 * @param testing t=y
 * @param strict t=s: i= must be in d= itself
 * @param notes n=, for people
 */
public record DkimKey(
    Algorithm algorithm,
    PublicKey key,
    int bits,
    boolean sha256,
    boolean mail,
    boolean testing,
    boolean strict,
    String notes) {

  /** What reading gave. */
  public sealed interface Reading {
    /** A key. */
    record Good(DkimKey key) implements Reading {}

    /** None, with the cause: KEY_REVOKED, KEY_TYPE, KEY_SYNTAX or KEY_HUGE. */
    record Bad(DkimCause cause, String detail) implements Reading {}
  }

  private static final int MAX_RECORD = 8 * 1024;
  private static final int MAX_RSA_BITS = 8192;
  private static final int MAX_EXPONENT_BITS = 33; // more only makes us work
  private static final int ED25519_BITS = 256;

  /** Reads a TXT record. */
  public static Reading parse(String text, SignatureEngine engine) {
    if (text.length() > MAX_RECORD) {
      return bad(DkimCause.KEY_SYNTAX, "record longer than " + MAX_RECORD);
    }
    return switch (TagList.parse(text)) {
      case TagList.Reading.Good(TagList list) -> parse(list, engine);
      case TagList.Reading.Bad(String why, int at) ->
          bad(DkimCause.KEY_SYNTAX, why + " at character " + at);
    };
  }

  private static Reading bad(DkimCause cause, String detail) {
    return new Reading.Bad(cause, detail);
  }

  private static Reading parse(TagList tags, SignatureEngine engine) {
    boolean versioned = tags.tag("v").isPresent();
    if (versioned && !tags.startsWith("v", "DKIM1")) { // RFC 6376 §3.6.1: first, and DKIM1
      return bad(DkimCause.KEY_SYNTAX, "v= is not DKIM1 at the beginning");
    }
    Optional<String> coded = tags.compact("p");
    if (coded.isEmpty()) {
      return bad(DkimCause.KEY_SYNTAX, "no p=");
    }
    String type = tags.value("k").orElse("rsa");
    if (coded.get().isEmpty()) {
      return bad(DkimCause.KEY_REVOKED, "p= is empty");
    }
    byte[] raw;
    try {
      raw = Base64.getDecoder().decode(coded.get());
    } catch (IllegalArgumentException notBase64) {
      return bad(DkimCause.KEY_SYNTAX, "p= is not base64");
    }
    return switch (type) {
      case "rsa" -> rsa(tags, raw, engine);
      case "ed25519" ->
          engine
              .ed25519(raw)
              .map(key -> good(tags, Algorithm.ED25519_SHA256, key, ED25519_BITS))
              .orElse(bad(DkimCause.KEY_SYNTAX, "p= is no Ed25519 key"));
      default -> bad(DkimCause.KEY_TYPE, "k=" + type);
    };
  }

  private static Reading rsa(TagList tags, byte[] raw, SignatureEngine engine) {
    BigInteger modulus;
    BigInteger exponent;
    try {
      ASN1Sequence numbers = numbers(raw);
      modulus = ASN1Integer.getInstance(numbers.getObjectAt(0)).getPositiveValue();
      exponent = ASN1Integer.getInstance(numbers.getObjectAt(1)).getPositiveValue();
    } catch (java.io.IOException | RuntimeException notDer) {
      return bad(DkimCause.KEY_SYNTAX, "p= is no RSA key");
    }
    int bits = modulus.bitLength();
    if (bits > MAX_RSA_BITS) {
      return bad(DkimCause.KEY_HUGE, bits + " bits, at most " + MAX_RSA_BITS);
    }
    if (exponent.bitLength() > MAX_EXPONENT_BITS || !exponent.testBit(0)) {
      return bad(DkimCause.KEY_SYNTAX, "an exponent that nobody uses");
    }
    return engine
        .rsa(modulus, exponent)
        .map(key -> good(tags, Algorithm.RSA_SHA256, key, bits))
        .orElse(
            bits < DkimSettings.RFC_MIN_RSA_BITS
                ? bad(DkimCause.KEY_WEAK, bits + " bits")
                : bad(DkimCause.KEY_SYNTAX, "p= is no RSA key"));
  }

  /**
   * SubjectPublicKeyInfo, as all publish it (erratum 3017), or the bare RSAPublicKey of the RFC.
   */
  private static ASN1Sequence numbers(byte[] raw) throws java.io.IOException {
    ASN1Sequence outer = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(raw));
    return outer.getObjectAt(0) instanceof ASN1Integer
        ? outer
        : ASN1Sequence.getInstance(SubjectPublicKeyInfo.getInstance(outer).parsePublicKey());
  }

  private static Reading good(TagList tags, Algorithm algorithm, PublicKey key, int bits) {
    List<String> flags = list(tags, "t");
    List<String> services = list(tags, "s");
    return new Reading.Good(
        new DkimKey(
            algorithm,
            key,
            bits,
            tags.tag("h").isEmpty() || list(tags, "h").contains("sha256"),
            tags.tag("s").isEmpty() || services.contains("*") || services.contains("email"),
            flags.contains("y"),
            flags.contains("s"),
            tags.value("n").orElse("")));
  }

  /** Why this key may not verify a signature by this algorithm (RFC 6376 §6.1.2 items 6 to 9). */
  public Optional<TagReader.Problem> unfit(Algorithm wanted, DkimSettings settings) {
    if (!sha256) {
      return problem(DkimCause.KEY_HASH, "");
    }
    if (algorithm != wanted) {
      return problem(DkimCause.KEY_TYPE, "k=" + algorithm.keyType());
    }
    if (!mail) {
      return problem(DkimCause.KEY_SERVICE, "");
    }
    return algorithm == Algorithm.RSA_SHA256 && bits < settings.minRsaBits()
        ? problem(DkimCause.KEY_WEAK, bits + " bits")
        : Optional.empty();
  }

  private static Optional<TagReader.Problem> problem(DkimCause cause, String detail) {
    return Optional.of(new TagReader.Problem(cause, detail));
  }

  private static List<String> list(TagList tags, String name) {
    return TagReader.list(tags.compact(name).orElse(""));
  }
}

package org.spillway.auth.dkim;

/** What signs (RFC 6376 §3.3, RFC 8301, RFC 8463). */
public enum Algorithm {
  /** RSA PKCS #1 v1.5 with SHA-256. */
  RSA_SHA256("rsa-sha256", "rsa"),
  /** Ed25519 over the SHA-256 of what is signed (RFC 8463 §3). */
  ED25519_SHA256("ed25519-sha256", "ed25519");

  private final String text;
  private final String keyType;

  Algorithm(String text, String keyType) {
    this.text = text;
    this.keyType = keyType;
  }

  /** The value of {@code a=}. */
  public String text() {
    return text;
  }

  /** The value of {@code k=} in a key record. */
  public String keyType() {
    return keyType;
  }
}

package org.spillway.auth.dkim;

import org.spillway.auth.dkim.DkimResult.Word;

/** Why a signature has its result (RFC 6376 §3.9, §6.1; RFC 8601 §2.7.1). */
public enum DkimCause {
  /** Verified. */
  GOOD(Word.PASS, "good signature"),
  /** The body was changed. */
  BODY_HASH(Word.FAIL, "body hash did not verify"),
  /** The body is shorter than l= says (RFC 6376 §3.5). */
  BODY_LENGTH(Word.FAIL, "the body is shorter than l="),
  /** A signed field was changed, or the key is not the signer's. */
  SIGNATURE(Word.FAIL, "signature did not verify"),
  /** The signature lacks a tag it must have (RFC 6376 §6.1.1). */
  INCOMPLETE(Word.PERMERROR, "signature missing required tag"),
  /** The signature's field cannot be read (RFC 6376 §6.1.1). */
  SYNTAX(Word.NEUTRAL, "signature syntax error"),
  /** A version that is not 1 (RFC 6376 §6.1.1). */
  VERSION(Word.NEUTRAL, "unknown signature version"),
  /** An algorithm, canonicalization or key query that is not known (RFC 6376 §6.1.1). */
  UNKNOWN(Word.NEUTRAL, "unknown method"),
  /** RSA with SHA-1 (RFC 8301 §3.1). */
  SHA1(Word.PERMERROR, "rsa-sha1 is historic"),
  /** The From field is not signed (RFC 6376 §6.1.1). */
  FROM_UNSIGNED(Word.PERMERROR, "From is not signed"),
  /** i= is not within d= (RFC 6376 §6.1.1). */
  IDENTITY(Word.PERMERROR, "domain mismatch"),
  /** Past x= (RFC 6376 §6.1.1). */
  EXPIRED(Word.POLICY, "signature expired"),
  /** Signed at a time that has not come (RFC 6376 §3.5 t=). */
  FUTURE(Word.POLICY, "signed in the future"),
  /** No key record (RFC 6376 §6.1.2). */
  NO_KEY(Word.PERMERROR, "no key for signature"),
  /** No key record can be read (RFC 6376 §6.1.2). */
  KEY_SYNTAX(Word.PERMERROR, "key syntax error"),
  /** An empty p= (RFC 6376 §6.1.2). */
  KEY_REVOKED(Word.PERMERROR, "key revoked"),
  /** The key is of another kind than a= (RFC 6376 §6.1.2). */
  KEY_TYPE(Word.PERMERROR, "inappropriate key algorithm"),
  /** h= of the key leaves out SHA-256 (RFC 6376 §6.1.2). */
  KEY_HASH(Word.PERMERROR, "inappropriate hash algorithm"),
  /** s= of the key leaves out mail (RFC 6376 §3.6.1). */
  KEY_SERVICE(Word.PERMERROR, "key is not for mail"),
  /** t=s of the key wants i= in d= itself (RFC 6376 §3.6.1). */
  KEY_STRICT(Word.PERMERROR, "key does not allow a subdomain in i="),
  /** Too few bits (RFC 8301 §3.2). */
  KEY_WEAK(Word.POLICY, "key too short"),
  /** More bits than we verify (RFC 8301 §3.2). */
  KEY_HUGE(Word.POLICY, "key too long"),
  /** The DNS gave no answer (RFC 6376 §6.1.2). */
  DNS(Word.TEMPERROR, "key unavailable");

  private final Word word;
  private final String text;

  DkimCause(Word word, String text) {
    this.word = word;
    this.text = text;
  }

  /** The result it means. */
  public Word word() {
    return word;
  }

  /** In words, as a comment of Authentication-Results. */
  public String text() {
    return text;
  }
}

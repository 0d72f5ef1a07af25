package org.spillway.auth.dkim;

/** Which sort of signature of a domain: one more would have its own field name and rules. */
public enum SignatureKind {
  /** RFC 6376. */
  DKIM("DKIM-Signature");

  private final String fieldName;

  SignatureKind(String fieldName) {
    this.fieldName = fieldName;
  }

  /** The field that carries it. */
  public String fieldName() {
    return fieldName;
  }
}

package org.spillway.auth.spf;

/**
 * A mechanism and what its match means (RFC 7208 §4.6.2).
 *
 * @param result of a match: PASS, FAIL, SOFTFAIL or NEUTRAL
 * @param mechanism what has to match
 * @param text the term as written
 */
public record Directive(SpfResult.Word result, Mechanism mechanism, String text) {
  @Override
  public String toString() {
    return text;
  }
}

package org.spillway.mail;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A password or key that never shows itself in a log, a message or a debugger's text. */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Wraps a value read from a file or the environment. */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /** The value, for the one place that must send it. */
  public String reveal() {
    return value;
  }

  /** Compares in constant time. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret s
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), s.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "***";
  }
}

package org.spillway.mail;

import java.util.Optional;

/**
 * Where failures are reported to: an address, or {@code <>} (RFC 5321 §4.1.2, §4.5.5).
 *
 * @param address empty for the null reverse-path
 */
public record ReversePath(Optional<Address> address) {
  /** The null reverse-path {@code <>} of notifications. */
  public static final ReversePath NULL = new ReversePath(Optional.empty());

  /** The path of an address. */
  public static ReversePath of(Address address) {
    return new ReversePath(Optional.of(address));
  }

  /** True for {@code <>}: nothing is ever reported back to it. */
  public boolean isNull() {
    return address.isEmpty();
  }

  /** The bare address, or the empty string. */
  @Override
  public String toString() {
    return address.map(Address::toString).orElse("");
  }
}

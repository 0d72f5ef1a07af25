package org.spillway.mail;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * A range of IP addresses in CIDR form; a bare address is a range of one.
 *
 * @param base the first address
 * @param prefix number of leading bits that count
 */
public record Network(InetAddress base, int prefix) {
  /** Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32} or one address; empty when it is neither. */
  public static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    Optional<InetAddress> base = AddressLiteral.ip(address);
    if (base.isEmpty()) {
      return Optional.empty();
    }
    int bits = base.get().getAddress().length * 8;
    int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1));
    return prefix < 0 || prefix > bits
        ? Optional.empty()
        : Optional.of(new Network(masked(base.get(), prefix), prefix));
  }

  private static int prefix(String text) {
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
  }

  private static InetAddress masked(InetAddress address, int prefix) {
    byte[] bytes = address.getAddress();
    for (int i = 0; i < bytes.length; i++) {
      int keep = Math.clamp(prefix - i * 8L, 0, 8);
      bytes[i] &= (byte) (0xff << 8 - keep);
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (java.net.UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The network of that many leading bits around an address. */
  public static Network around(InetAddress address, int prefix) {
    return new Network(masked(address, prefix), prefix);
  }

  /** True when the address lies inside; an address of the other family never does. */
  public boolean contains(InetAddress address) {
    if (address.getAddress().length != base.getAddress().length) {
      return false;
    }
    return Arrays.equals(masked(address, prefix).getAddress(), base.getAddress());
  }

  @Override
  public String toString() {
    return base.getHostAddress() + "/" + prefix;
  }
}

package org.spillway.mail;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses as text, read without ever asking the DNS (RFC 5321 §4.1.3). */
public final class AddressLiteral {
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
  private static final String IPV6_TAG = "IPv6:";

  private AddressLiteral() {}

  /** True for {@code [192.0.2.1]} and {@code [IPv6:2001:db8::1]}. */
  public static boolean isValid(String bracketed) {
    if (!bracketed.startsWith("[") || !bracketed.endsWith("]")) {
      return false;
    }
    String inner = bracketed.substring(1, bracketed.length() - 1);
    if (inner.regionMatches(true, 0, IPV6_TAG, 0, IPV6_TAG.length())) {
      String address = inner.substring(IPV6_TAG.length());
      return address.contains(":") && ip(address).isPresent();
    }
    return IPV4.matcher(inner).matches();
  }

  /** Reads a bare IPv4 or IPv6 address; empty when it is neither. Never looks up a name. */
  public static Optional<InetAddress> ip(String text) {
    boolean numeric =
        text.contains(":")
            ? text.length() <= 45 && text.chars().allMatch(AddressLiteral::isIpv6Char)
            : IPV4.matcher(text).matches();
    if (!numeric) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  private static boolean isIpv6Char(int c) {
    return c == ':' || c == '.' || Character.digit(c, 16) >= 0 && c < 0x80;
  }
}

package org.spillway.auth;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.spillway.mail.AddressLiteral;

/**
 * An IP address as numbers, quick to compare.
 *
 * @param four true for IPv4
 * @param high the upper half of an IPv6 address; 0 for IPv4
 * @param low the lower half, or the whole of an IPv4 address
 */
public record IpBits(boolean four, long high, long low) {
  private static final long MAPPED = 0xffffL;

  /** The bits of an address; an IPv4-mapped one is an IPv4 address (RFC 7208 §5). */
  public static IpBits of(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return new IpBits(true, 0, ByteBuffer.wrap(bytes).getInt() & 0xffff_ffffL);
    }
    ByteBuffer both = ByteBuffer.wrap(bytes);
    long high = both.getLong();
    long low = both.getLong();
    return high == 0 && low >>> 32 == MAPPED
        ? new IpBits(true, 0, low & 0xffff_ffffL)
        : new IpBits(false, high, low);
  }

  /** Reads an IPv6 address; an IPv4-mapped one stays IPv6 here. */
  public static Optional<IpBits> six(String text) {
    return text.contains(":") ? AddressLiteral.ip(text).map(IpBits::six) : Optional.empty();
  }

  private static IpBits six(InetAddress address) {
    IpBits bits = of(address);
    return bits.four() ? new IpBits(false, 0, MAPPED << 32 | bits.low()) : bits;
  }

  /** True when the first bits are those of the other address, of the same family. */
  public boolean isWithin(IpBits network, int prefix) {
    if (four != network.four) {
      return false;
    }
    if (four) {
      return (low ^ network.low) >>> 32 - prefix == 0;
    }
    if (prefix <= 64) {
      return prefix == 0 || (high ^ network.high) >>> 64 - prefix == 0;
    }
    return high == network.high && (low ^ network.low) >>> 128 - prefix == 0;
  }

  /** Dotted numbers, or 32 upper-case hexadecimal digits with dots (RFC 7208 §7.3). */
  public String dotted() {
    if (four) {
      return (low >>> 24) + "." + (low >>> 16 & 255) + "." + (low >>> 8 & 255) + "." + (low & 255);
    }
    StringBuilder text = new StringBuilder(63);
    for (int digit = 0; digit < 32; digit++) {
      long half = digit < 16 ? high : low;
      int value = (int) (half >>> 60 - digit % 16 * 4) & 15;
      text.append(digit == 0 ? "" : ".").append("0123456789ABCDEF".charAt(value));
    }
    return text.toString();
  }

  /** The form for people and fields, {@code 192.0.2.1} or {@code 2001:db8::1} (RFC 5952 §4). */
  public String readable() {
    if (four) {
      return dotted();
    }
    int start = longestZeros();
    StringBuilder text = new StringBuilder(39);
    for (int group = 0; group < 8; ) {
      if (group == start) {
        text.append("::");
        group += zerosFrom(start);
      } else {
        boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
        text.append(first ? "" : ":").append(Integer.toHexString(group(group)));
        group++;
      }
    }
    return text.toString();
  }

  private int group(int index) {
    long half = index < 4 ? high : low;
    return (int) (half >>> 48 - index % 4 * 16) & 0xffff;
  }

  private int zerosFrom(int start) {
    int end = start;
    while (end < 8 && group(end) == 0) {
      end++;
    }
    return end - start;
  }

  private int longestZeros() { // RFC 5952 §4.2: at least two groups, the first of the longest
    int best = -1;
    int length = 1;
    for (int group = 0; group < 8; group++) {
      if (zerosFrom(group) > length) {
        best = group;
        length = zerosFrom(group);
      }
    }
    return best;
  }
}

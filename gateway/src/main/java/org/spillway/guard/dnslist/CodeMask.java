package org.spillway.guard.dnslist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which answers of a list count: four octets, each a number, a range {@code 4-11}, {@code *}, or
 * {@code &6} for any octet that has one of those bits.
 *
 * @param octets exactly four
 */
public record CodeMask(List<Octet> octets) {
  /** Every answer of 127.0.0.0/8. */
  public static final CodeMask ANY = parse("127.*.*.*").orElseThrow();

  private static final int MAX = 255;

  /** What one octet may be. */
  public sealed interface Octet {
    /** True for a value from 0 to 255 that fits. */
    boolean fits(int value);

    /** From one number to another, both with it. */
    record Range(int from, int to) implements Octet {
      @Override
      public boolean fits(int value) {
        return value >= from && value <= to;
      }
    }

    /** Any of some bits. */
    record Bits(int mask) implements Octet {
      @Override
      public boolean fits(int value) {
        return (value & mask) != 0;
      }
    }
  }

  public CodeMask {
    octets = List.copyOf(octets);
  }

  /** Reads {@code 127.0.0.2}, {@code 127.0.0.4-11}, {@code 127.0.*.&6}; empty when it is none. */
  public static Optional<CodeMask> parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    List<Octet> octets = new ArrayList<>();
    for (String part : parts) {
      octet(part).ifPresent(octets::add);
    }
    return octets.size() == 4 ? Optional.of(new CodeMask(octets)) : Optional.empty();
  }

  private static Optional<Octet> octet(String part) {
    if (part.equals("*")) {
      return Optional.of(new Octet.Range(0, MAX));
    }
    if (part.startsWith("&")) {
      int mask = number(part.substring(1));
      return mask > 0 ? Optional.of(new Octet.Bits(mask)) : Optional.empty();
    }
    int dash = part.indexOf('-');
    int from = number(dash < 0 ? part : part.substring(0, dash));
    int to = dash < 0 ? from : number(part.substring(dash + 1));
    return from >= 0 && from <= to ? Optional.of(new Octet.Range(from, to)) : Optional.empty();
  }

  private static int number(String digits) {
    boolean number =
        !digits.isEmpty()
            && digits.length() <= 3
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    int value = number ? Integer.parseInt(digits) : -1;
    return value <= MAX ? value : -1;
  }

  /** True when an answer counts. */
  boolean fits(byte[] address) {
    for (int i = 0; i < 4; i++) {
      if (!octets.get(i).fits(address[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }
}

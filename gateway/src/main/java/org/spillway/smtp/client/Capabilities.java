package org.spillway.smtp.client;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.spillway.mail.Reply;
import org.spillway.smtp.Capability;

/**
 * What a peer said it can do, from its reply to EHLO or LHLO (RFC 5321 §4.1.1.1).
 *
 * @param keywords what we know of it, each with its parameters in upper case
 */
public record Capabilities(Map<Capability, String> keywords) {
  /** What HELO leaves. */
  public static final Capabilities NONE = new Capabilities(Map.of());

  public Capabilities {
    keywords = Map.copyOf(keywords);
  }

  /** Reads the lines after the first; what is not understood is left out. */
  public static Capabilities of(Reply reply) {
    Map<Capability, String> found = new EnumMap<>(Capability.class);
    List<String> lines = reply.lines();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.strip().toUpperCase(Locale.ROOT).split("[ =]", 2);
      for (Capability known : Capability.values()) {
        if (known.keyword().equals(words[0])) {
          found.merge(known, words.length > 1 ? words[1] : "", (a, b) -> a + " " + b);
        }
      }
    }
    return new Capabilities(found);
  }

  /** True when the peer offers it. */
  public boolean has(Capability capability) {
    return keywords.containsKey(capability);
  }

  /** The largest message it takes, when it says (RFC 1870 §4; 0 means it does not). */
  public OptionalLong sizeBytes() {
    String size = keywords.getOrDefault(Capability.SIZE, "").strip();
    return size.matches("[1-9]\\d{0,17}")
        ? OptionalLong.of(Long.parseLong(size))
        : OptionalLong.empty();
  }

  /** The SASL mechanisms it offers (RFC 4954 §3). */
  public Set<String> mechanisms() {
    String names = keywords.getOrDefault(Capability.AUTH, "").strip();
    return new java.util.HashSet<>(List.of(names.split("\\s+")));
  }

  /** Most recipients of one transaction, when it says (RFC 9422 §3). */
  public OptionalInt recipients() {
    for (String word : keywords.getOrDefault(Capability.LIMITS, "").split("\\s+")) {
      if (word.matches("RCPTMAX=[1-9]\\d{0,5}")) {
        return OptionalInt.of(Integer.parseInt(word.substring("RCPTMAX=".length())));
      }
    }
    return OptionalInt.empty();
  }
}

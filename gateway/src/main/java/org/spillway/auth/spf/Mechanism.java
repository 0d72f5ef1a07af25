package org.spillway.auth.spf;

import java.util.Optional;
import org.spillway.auth.IpBits;

/** What a directive compares the client with (RFC 7208 §5). */
public sealed interface Mechanism {
  /** Matches always (§5.1). */
  record All() implements Mechanism {}

  /** Matches when the other domain's record passes the client (§5.2). */
  record Include(MacroText domain) implements Mechanism {}

  /**
   * The addresses of a host (§5.3).
   *
   * @param domain empty for the domain of the record
   */
  record A(Optional<MacroText> domain, Prefixes prefixes) implements Mechanism {}

  /**
   * The addresses of a domain's mail hosts (§5.4).
   *
   * @param domain empty for the domain of the record
   */
  record Mx(Optional<MacroText> domain, Prefixes prefixes) implements Mechanism {}

  /**
   * A validated name of the client within a domain (§5.5).
   *
   * @param domain empty for the domain of the record
   */
  record Ptr(Optional<MacroText> domain) implements Mechanism {}

  /** {@code ip4} and {@code ip6} (§5.6). */
  record Ip(IpBits base, int prefix) implements Mechanism {}

  /** Matches when the name has an A record (§5.7). */
  record Exists(MacroText domain) implements Mechanism {}

  /** Leading bits that count, for clients of either family (§5.3, dual-cidr-length). */
  record Prefixes(int four, int six) {
    /** Every bit counts. */
    public static final Prefixes WHOLE = new Prefixes(32, 128);
  }
}

package org.spillway.deliver.tls;

import java.util.List;
import org.spillway.dns.Dns;

/** What DANE says of one host (RFC 7672 §2.2). */
public sealed interface DaneState {
  /** Nothing: not secure, or no records. */
  record None(String why) implements DaneState {}

  /**
   * Records of which at least one can be used: the peer must match one of them.
   *
   * @param base the TLSA base domain: the host's name, or the one it is an alias of
   */
  record Usable(List<Dns.Tlsa> records, String base) implements DaneState {
    public Usable {
      records = List.copyOf(records);
    }
  }

  /** Records, and none can be used: TLS is a must, whoever is there (RFC 7672 §2.2). */
  record Unusable(List<Dns.Tlsa> records) implements DaneState {
    public Unusable {
      records = List.copyOf(records);
    }
  }

  /** The look-up failed: the host must not be used now (RFC 7672 §2.1.2). */
  record Failed(String why) implements DaneState {}
}

package org.spillway.mail;

import java.util.Optional;
import java.util.Set;

/**
 * One recipient of an envelope with its delivery-report wishes (RFC 5321 §3.3, RFC 3461 §4.1–4.2).
 *
 * @param address where the message goes, after aliases
 * @param asGiven the address of the RCPT command, before aliases
 * @param notifyOn NOTIFY; empty when the sender said nothing
 * @param orcpt the ORCPT parameter in its decoded {@code type;address} form, when given
 */
public record Recipient(
    Address address, Address asGiven, Set<Notify> notifyOn, Optional<String> orcpt) {
  public Recipient {
    notifyOn = Set.copyOf(notifyOn);
  }

  /** A recipient without any parameter. */
  public static Recipient of(Address address) {
    return new Recipient(address, address, Set.of(), Optional.empty());
  }

  /** The same recipient, to be delivered to another address. */
  public Recipient to(Address target) {
    return new Recipient(target, asGiven, notifyOn, orcpt);
  }
}

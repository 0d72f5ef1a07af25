package org.spillway.smtp.client;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.spillway.mail.Recipient;
import org.spillway.mail.Ret;
import org.spillway.mail.ReversePath;

/**
 * What one transaction says before its content.
 *
 * @param from the sender
 * @param recipients at least one; answers are by their index here
 * @param sizeBytes announced to a peer that knows SIZE; empty when not known
 * @param eightBit true when the content goes out with bytes above 127
 * @param utf8 true when addresses or headers need SMTPUTF8
 * @param ret passed on to a peer that knows DSN
 * @param envid passed on to a peer that knows DSN, decoded
 * @param requireTls true to say REQUIRETLS (RFC 8689 §4.2.1); the peer must offer it
 */
public record Transaction(
    ReversePath from,
    List<Recipient> recipients,
    OptionalLong sizeBytes,
    boolean eightBit,
    boolean utf8,
    Optional<Ret> ret,
    Optional<String> envid,
    boolean requireTls) {
  public Transaction {
    recipients = List.copyOf(recipients);
  }

  /** One without REQUIRETLS. */
  public Transaction(
      ReversePath from,
      List<Recipient> recipients,
      OptionalLong sizeBytes,
      boolean eightBit,
      boolean utf8,
      Optional<Ret> ret,
      Optional<String> envid) {
    this(from, recipients, sizeBytes, eightBit, utf8, ret, envid, false);
  }
}

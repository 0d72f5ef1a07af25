package org.spillway.mail;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The envelope of one transaction (RFC 5321 §3.3) with its extension parameters.
 *
 * @param from the reverse-path
 * @param recipients in the order given; their index names them everywhere after
 * @param body the declared body type
 * @param smtputf8 true when the client said SMTPUTF8 (RFC 6531 §3.4)
 * @param ret how much of the message a report may return
 * @param envid the ENVID in decoded form (RFC 3461 §4.4)
 * @param declaredSizeBytes the SIZE parameter (RFC 1870)
 * @param requireTls true when the client said REQUIRETLS (RFC 8689 §2)
 */
public record Envelope(
    ReversePath from,
    List<Recipient> recipients,
    Body body,
    boolean smtputf8,
    Optional<Ret> ret,
    Optional<String> envid,
    OptionalLong declaredSizeBytes,
    boolean requireTls) {
  public Envelope {
    recipients = List.copyOf(recipients);
  }

  /** One without REQUIRETLS. */
  public Envelope(
      ReversePath from,
      List<Recipient> recipients,
      Body body,
      boolean smtputf8,
      Optional<Ret> ret,
      Optional<String> envid,
      OptionalLong declaredSizeBytes) {
    this(from, recipients, body, smtputf8, ret, envid, declaredSizeBytes, false);
  }

  /** An envelope without parameters. */
  public static Envelope of(ReversePath from, List<Recipient> recipients) {
    return new Envelope(
        from,
        recipients,
        Body.EIGHTBITMIME,
        false,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty());
  }

  /** The same envelope with other recipients. */
  public Envelope with(List<Recipient> others) {
    return new Envelope(from, others, body, smtputf8, ret, envid, declaredSizeBytes, requireTls);
  }

  /** The same envelope with or without REQUIRETLS. */
  public Envelope requiringTls(boolean required) {
    return new Envelope(from, recipients, body, smtputf8, ret, envid, declaredSizeBytes, required);
  }
}

package org.spillway.smtp;

import java.util.Optional;
import java.util.OptionalLong;
import org.spillway.mail.Body;
import org.spillway.mail.Ret;

/**
 * The parameters of MAIL.
 *
 * @param sizeBytes SIZE (RFC 1870 §6)
 * @param body BODY (RFC 6152 §2); 7BIT when absent
 * @param smtputf8 SMTPUTF8 (RFC 6531 §3.4)
 * @param ret RET (RFC 3461 §4.3)
 * @param envid ENVID, decoded (RFC 3461 §4.4)
 * @param requireTls REQUIRETLS (RFC 8689 §2)
 */
public record MailParameters(
    OptionalLong sizeBytes,
    Body body,
    boolean smtputf8,
    Optional<Ret> ret,
    Optional<String> envid,
    boolean requireTls) {
  /** Those of a MAIL without any. */
  public static final MailParameters NONE =
      new MailParameters(
          OptionalLong.empty(), Body.SEVENBIT, false, Optional.empty(), Optional.empty(), false);
}

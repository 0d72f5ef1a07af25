package org.spillway.smtp;

import java.util.Optional;
import java.util.Set;
import org.spillway.mail.Notify;

/**
 * The parameters of RCPT.
 *
 * @param notifyOn NOTIFY (RFC 3461 §4.1); empty when absent
 * @param orcpt ORCPT as {@code type;address}, decoded (RFC 3461 §4.2)
 */
public record RcptParameters(Set<Notify> notifyOn, Optional<String> orcpt) {
  /** Those of a RCPT without any. */
  public static final RcptParameters NONE = new RcptParameters(Set.of(), Optional.empty());

  public RcptParameters {
    notifyOn = Set.copyOf(notifyOn);
  }
}

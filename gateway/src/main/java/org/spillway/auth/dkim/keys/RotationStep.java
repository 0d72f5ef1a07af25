package org.spillway.auth.dkim.keys;

import org.spillway.auth.dkim.Algorithm;
import org.spillway.mail.Domain;

/** What the schedule asks for now. */
public sealed interface RotationStep {
  /** Make a key for the next selector of a domain. */
  record Create(Domain domain, Algorithm algorithm, String name) implements RotationStep {}

  /** Put a selector's record into the DNS. */
  record Publish(Selector selector) implements RotationStep {}

  /** A selector signs past its time, for there is no other: make and publish one. */
  record Overdue(Selector selector) implements RotationStep {}

  /** Take a selector's record out of the DNS, then its file away. */
  record Withdraw(Selector selector) implements RotationStep {}
}

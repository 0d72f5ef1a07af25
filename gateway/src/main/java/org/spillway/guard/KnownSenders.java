package org.spillway.guard;

import org.spillway.mail.Arrival;
import org.spillway.mail.ReversePath;

/** Says of whom more is known than a greylist could learn, for example by SPF. */
@FunctionalInterface
public interface KnownSenders {
  /** Nobody. */
  KnownSenders NONE = (_, _) -> false;

  /** True when the client surely sends for the sender, and that sender is one we know. */
  boolean knows(Arrival arrival, ReversePath from);
}

package org.spillway.guard;

import org.spillway.mail.Address;

/** Which addresses a user may send as. */
@FunctionalInterface
public interface SenderMap {
  /** True when the address is the user's. */
  boolean mayUse(String user, Address address);
}

package org.spillway.admit;

import java.util.List;
import org.spillway.mail.Address;

/** Who exists in our domains, and where aliases lead. */
public interface RecipientDirectory {
  /** Looks up an address of one of our domains. */
  Answer lookup(Address address);

  /** What the directory says. */
  sealed interface Answer {
    /** It exists; mail for it goes to these addresses (itself, or an alias' targets). */
    record Known(List<Address> targets) implements Answer {
      public Known {
        targets = List.copyOf(targets);
      }
    }

    /** It does not exist: 550 5.1.1. */
    record Unknown() implements Answer {}

    /** Nobody can say now: 451 4.4.3. */
    record Unavailable(String why) implements Answer {}
  }
}

package org.spillway.auth.dmarc;

import java.util.List;
import org.spillway.mail.Domain;

/**
 * Whom the From field names (RFC 9989 §5.3.1), read tolerantly: what a mail program may show
 * counts.
 */
public sealed interface AuthorDomain {
  /** Most domains looked at (RFC 9989 §11.5: limiting their number avoids a denial of service). */
  int MOST_DOMAINS = 8;

  /**
   * Exactly one domain.
   *
   * @param remarks what is odd all the same, such as two From fields that agree
   */
  record One(Domain domain, List<String> remarks) implements AuthorDomain {
    public One {
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * More than one domain: outside what DMARC is for, and mostly abuse (RFC 9989 §11.5). Each is to
   * be checked and the strictest outcome counts.
   *
   * @param domains in the order of the text, at most {@link #MOST_DOMAINS}
   * @param whole false when there were more
   */
  record Several(List<Domain> domains, boolean whole, List<String> remarks)
      implements AuthorDomain {
    public Several {
      domains = List.copyOf(domains);
      remarks = List.copyOf(remarks);
    }
  }

  /** None: no From field, an empty group, an address literal, nonsense. */
  record None(String why) implements AuthorDomain {}

  /**
   * Reads all From fields of a message. Never throws.
   *
   * @param fields the bodies of the fields, folded or not, UTF-8 decoded (RFC 6532)
   */
  static AuthorDomain of(List<String> fields) {
    return new FromReader().read(fields);
  }
}

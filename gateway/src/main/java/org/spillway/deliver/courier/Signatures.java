package org.spillway.deliver.courier;

import java.util.List;
import org.spillway.auth.Fields;
import org.spillway.auth.dkim.BodyHash;
import org.spillway.route.Site;

/** Signs a copy once its site is chosen, for what may be signed differs by site. */
@FunctionalInterface
public interface Signatures {
  /** Nothing is signed. */
  Signatures NONE = (_, _, _) -> List.of();

  /**
   * The signature fields to put above all others.
   *
   * @param fields of the message, just as they will go out
   * @param body its hash, relaxed, of the whole body
   * @param site where it goes
   * @return fields with their CRLF; empty when there is no key for its author
   */
  List<String> over(Fields fields, BodyHash body, Site site);
}

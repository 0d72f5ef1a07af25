package org.spillway.control;

import java.util.Optional;
import java.util.function.Supplier;
import org.spillway.mail.Domain;
import org.spillway.route.RouteTable;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;

/** Which site a recipient's mail belongs to, so that people can ask for the mail of a site. */
@FunctionalInterface
public interface Placement {
  /**
   * The site of one recipient; empty when no route is for it.
   *
   * @param recipient index into the entry's envelope
   */
  Optional<SiteName> siteOf(Entry entry, int recipient);

  /**
   * The site that took it; else the one path that an Unknown outcome leaves (invariant 4); else the
   * first site of its route.
   */
  static Placement byRoute(Supplier<RouteTable> table) {
    return (entry, recipient) -> {
      Disposition standing = entry.standings().get(recipient);
      if (standing instanceof Disposition.Delivered delivered) {
        return Optional.of(delivered.site());
      }
      if (standing instanceof Disposition.Waiting waiting && waiting.unknownAt().isPresent()) {
        return waiting.unknownAt();
      }
      Domain domain = entry.envelope().recipients().get(recipient).address().domain();
      return table
          .get()
          .route(entry.decision().copyOf(recipient).direction(), domain)
          .map(r -> r.sites().getFirst());
    };
  }
}

package org.spillway.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.spillway.route.Spill;
import org.spillway.spool.Disposition;

/** A disposition in the words that trace, log line, console and docs share. */
public final class Words {
  private Words() {}

  /** The word of a disposition, in lower case: {@code waiting}, {@code delivered}, … */
  public static String status(Disposition standing) {
    return switch (standing) {
      case Disposition.Waiting _ -> "waiting";
      case Disposition.Held _ -> "held";
      case Disposition.Delivered _ -> "delivered";
      case Disposition.Bounced _ -> "bounced";
      case Disposition.Expired _ -> "expired";
      case Disposition.Quarantined _ -> "quarantined";
      case Disposition.Discarded _ -> "discarded";
    };
  }

  /** What else there is to say, in the order to show it; empty values are left out. */
  public static Map<String, String> facts(Disposition standing) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(Facts.STATUS, status(standing));
    switch (standing) {
      case Disposition.Waiting w -> {
        facts.put(Facts.SITE, w.unknownAt().map(Object::toString).orElse(""));
        facts.put(Facts.WHY, w.unknownAt().isPresent() ? "unknown: " + w.why() : w.why());
        facts.put(Facts.ATTEMPTS, Integer.toString(w.attempts()));
        facts.put(Facts.NEXT, w.attempts() == 0 ? "" : w.notBefore().toString());
      }
      case Disposition.Held h ->
          facts.put(
              Facts.WHY,
              h.why().name().toLowerCase(java.util.Locale.ROOT)
                  + (h.detail().isEmpty() ? "" : ": " + h.detail()));
      case Disposition.Delivered d -> delivered(d, facts);
      case Disposition.Bounced b -> {
        facts.put(Facts.CODE, b.status());
        facts.put(Facts.WHY, b.why());
      }
      case Disposition.Expired e -> facts.put(Facts.WHY, e.why());
      case Disposition.Quarantined q -> facts.put(Facts.WHY, q.why());
      case Disposition.Discarded d -> {
        facts.put(Facts.BY, d.by());
        facts.put(Facts.WHY, d.why());
      }
    }
    facts.values().removeIf(String::isEmpty);
    return facts;
  }

  private static void delivered(Disposition.Delivered d, Map<String, String> facts) {
    facts.put(Facts.SITE, d.site().text());
    facts.put(Facts.HOP, d.hop());
    Optional<Spill> spill = d.spill();
    if (spill.isPresent()) {
      facts.put(Facts.SPILL_FROM, spill.get().from().text());
      facts.put(Facts.WHY, spill.get().why());
      facts.put(Facts.ALLOWED_BY, spill.get().allowedBy());
    }
    facts.put(Facts.RELAYED, d.relayed() ? "yes" : "");
    facts.put(Facts.REPLY, d.reply());
  }
}

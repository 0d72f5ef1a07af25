package org.spillway.spool.code;

import java.time.Instant;
import org.spillway.route.SiteName;
import org.spillway.route.Spill;
import org.spillway.spool.Disposition;
import org.spillway.spool.Disposition.Bounced;
import org.spillway.spool.Disposition.Delivered;
import org.spillway.spool.Disposition.Discarded;
import org.spillway.spool.Disposition.Expired;
import org.spillway.spool.Disposition.Held;
import org.spillway.spool.Disposition.Quarantined;
import org.spillway.spool.Disposition.Waiting;

/** One recipient's standing: a kind, its instant, then what the kind has. */
final class DispositionCodec {
  private DispositionCodec() {}

  static void write(Encoder to, Disposition standing) {
    to.octet(kind(standing)).instant(standing.at());
    switch (standing) {
      case Waiting waiting -> waiting(to, waiting);
      case Held held -> to.octet(held.why().ordinal()).text(held.detail());
      case Delivered delivered -> delivered(to, delivered);
      case Bounced bounced -> to.text(bounced.status()).text(bounced.why());
      case Expired expired -> to.text(expired.why());
      case Quarantined quarantined -> to.text(quarantined.why());
      case Discarded discarded -> to.text(discarded.by()).text(discarded.why());
    }
  }

  private static int kind(Disposition standing) {
    return switch (standing) {
      case Waiting _ -> 1;
      case Held _ -> 2;
      case Delivered _ -> 3;
      case Bounced _ -> 4;
      case Expired _ -> 5;
      case Quarantined _ -> 6;
      case Discarded _ -> 7;
    };
  }

  static Disposition read(Decoder from) throws Malformed {
    int kind = from.octet();
    Instant at = from.instant();
    return switch (kind) {
      case 1 -> waiting(from, at);
      case 2 -> new Held(at, from.oneOf(Disposition.Reason.values()), from.text());
      case 3 -> delivered(from, at);
      case 4 -> new Bounced(at, from.text(), from.text());
      case 5 -> new Expired(at, from.text());
      case 6 -> new Quarantined(at, from.text());
      case 7 -> new Discarded(at, from.text(), from.text());
      default -> throw new Malformed("no such disposition: " + kind);
    };
  }

  private static void waiting(Encoder to, Waiting waiting) {
    to.number(waiting.attempts())
        .instant(waiting.notBefore())
        .text(waiting.why())
        .optional(waiting.unknownAt(), DispositionCodec::site)
        .flag(waiting.delayNotified());
  }

  private static Waiting waiting(Decoder from, Instant at) throws Malformed {
    return new Waiting(
        at,
        from.smallNumber(),
        from.instant(),
        from.text(),
        from.optional(DispositionCodec::site),
        from.flag());
  }

  private static void delivered(Encoder to, Delivered delivered) {
    site(to, delivered.site());
    to.text(delivered.hop())
        .flag(delivered.relayed())
        .optional(delivered.spill(), DispositionCodec::spill)
        .flag(delivered.dsnPassedOn())
        .text(delivered.reply());
  }

  private static Delivered delivered(Decoder from, Instant at) throws Malformed {
    return new Delivered(
        at,
        site(from),
        from.text(),
        from.flag(),
        from.optional(DispositionCodec::spill),
        from.flag(),
        from.text());
  }

  private static void spill(Encoder to, Spill spill) {
    site(to, spill.from());
    site(to, spill.to());
    to.text(spill.why()).text(spill.allowedBy());
  }

  private static Spill spill(Decoder from) throws Malformed {
    return new Spill(site(from), site(from), from.text(), from.text());
  }

  static void site(Encoder to, SiteName site) {
    to.text(site.text());
  }

  static SiteName site(Decoder from) throws Malformed {
    String text = from.text();
    if (!SiteName.isValid(text)) {
      throw new Malformed("not a site name");
    }
    return new SiteName(text);
  }
}

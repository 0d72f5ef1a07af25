package org.spillway.control;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition.Held;
import org.spillway.spool.Disposition.Waiting;

/**
 * The detail of an admin's hold: {@code who: why}, and after it {@code [unknown at SITE]} when the
 * last outcome is Unknown, so that the release keeps the recipient on that path (invariant 4).
 */
final class HeldNote {
  private static final Pattern UNKNOWN = Pattern.compile("\\[unknown at ([^\\]]*)\\]$");

  private HeldNote() {}

  static String write(Hand hand, Waiting waiting) {
    String note = hand.why().isEmpty() ? hand.who() : hand.who() + ": " + hand.why();
    String clean = note.replace("[unknown at ", "[unknown ");
    return waiting.unknownAt().map(site -> clean + " [unknown at " + site + "]").orElse(clean);
  }

  static Waiting read(Held held, Instant at) {
    Matcher m = UNKNOWN.matcher(held.detail());
    Optional<SiteName> site =
        m.find() && SiteName.isValid(m.group(1))
            ? Optional.of(new SiteName(m.group(1)))
            : Optional.empty();
    return new Waiting(at, 0, at, "", site, false);
  }
}

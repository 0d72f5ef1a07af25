package org.spillway.route;

import java.time.Instant;

/** How a site or a host stands, since when and why. */
public sealed interface Health {
  /** When it came to stand so. */
  Instant since();

  /** Why, in words for people. */
  String why();

  /** It takes mail. */
  record Up(Instant since, String why) implements Health {}

  /** It takes mail, but something failed lately, or it came back and is not stable yet. */
  record Suspect(Instant since, String why) implements Health {}

  /** It takes no mail; probes go on. */
  record Down(Instant since, String why) implements Health {}

  /** An admin keeps mail away from it. */
  record Drained(Instant since, String why) implements Health {}
}

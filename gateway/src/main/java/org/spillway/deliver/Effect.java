package org.spillway.deliver;

import java.time.Duration;

/** What a reply means beyond its own recipient (reference §4.2). */
public sealed interface Effect {
  /** It is about this recipient or message only. */
  record None() implements Effect {}

  /** The site is overloaded: fewer connections. */
  record Overload() implements Effect {}

  /** The site limits the rate: slow down, then pause. */
  record Throttled(Duration pause) implements Effect {}

  /** The site takes nothing for a while (quota): next site or wait; never a bounce. */
  record QuotaUsed(Duration pause) implements Effect {}

  /** Our configuration or credentials are wrong there: site down, alert; mail stays. */
  record Misconfigured() implements Effect {}

  /** The site may not send for this sender's domain: next site; no bounce while one remains. */
  record SenderRefused() implements Effect {}

  /** The site does not take the null sender. */
  record NullSenderRefused() implements Effect {}

  /** Too large for this site; perhaps not for another. */
  record TooLargeHere() implements Effect {}

  /** The road there is not what the sender requires (REQUIRETLS); another site's may be. */
  record RoadUnfit() implements Effect {}

  /** Too many recipients in one transaction: split. */
  record SplitRecipients() implements Effect {}

  /** Our address has a poor reputation there: ramp up slowly. */
  record Reputation() implements Effect {}

  /** It counts as a target failure of the host. */
  record TargetFailure() implements Effect {}
}

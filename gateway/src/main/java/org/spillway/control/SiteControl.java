package org.spillway.control;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spillway.deliver.Queue.SiteQueue;
import org.spillway.route.Pin;
import org.spillway.route.SiteBoard.SiteStatus;
import org.spillway.route.SiteName;

/** The sites, as a person sees and steers them. */
public final class SiteControl {
  /** Longest time a pin may last. */
  public static final Duration LONGEST_PIN = Duration.ofDays(30);

  private final Control.Parts parts;

  SiteControl(Control.Parts parts) {
    this.parts = parts;
  }

  /** Every site with its queue, in the order of names. */
  public List<SiteView> list() {
    Map<SiteName, SiteQueue> queues = new HashMap<>();
    parts.queue().sites().forEach(q -> q.site().ifPresent(site -> queues.put(site, q)));
    return parts.sites().statuses().stream()
        .map(status -> new SiteView(status, Optional.ofNullable(queues.get(status.site()))))
        .toList();
  }

  /** Recipients that no site may take now; empty when there are none. */
  public Optional<SiteQueue> nowhere() {
    return parts.queue().sites().stream().filter(q -> q.site().isEmpty()).findFirst();
  }

  /**
   * Sets an override that ends by itself.
   *
   * @param lasts more than nothing, at most {@link #LONGEST_PIN}
   * @return false when there is no such site
   */
  public boolean pin(SiteName site, Pin.Kind kind, Duration lasts, Hand hand) throws IOException {
    if (lasts.isNegative() || lasts.isZero() || lasts.compareTo(LONGEST_PIN) > 0) {
      throw new IllegalArgumentException("a pin lasts up to 30 days, not " + lasts);
    }
    Optional<SiteStatus> status = status(site);
    if (status.isEmpty()) {
      return false;
    }
    Instant now = parts.clock().instant();
    Pin pin = new Pin(kind, now.plus(lasts), hand.who(), hand.why());
    String after = words(Optional.of(pin));
    note(hand, "site pin " + site, words(status.get().pin()), after);
    parts.sites().pin(site, pin);
    return true;
  }

  /** Ends an override; false when there was none, or no such site. */
  public boolean unpin(SiteName site, Hand hand) throws IOException {
    Optional<Pin> pin = status(site).flatMap(SiteStatus::pin);
    if (pin.isEmpty()) {
      return false;
    }
    note(hand, "site unpin " + site, words(pin), "");
    return parts.sites().unpin(site);
  }

  /** True when the configuration has such a site. */
  public boolean exists(SiteName site) {
    return status(site).isPresent();
  }

  private Optional<SiteStatus> status(SiteName site) {
    return parts.sites().statuses().stream().filter(s -> s.site().equals(site)).findFirst();
  }

  private static String words(Optional<Pin> pin) {
    return pin.map(p -> word(p.kind()) + " until " + p.until()).orElse("");
  }

  /** The word of a pin in command line, audit and documents: {@code force-local} and so on. */
  public static String word(Pin.Kind kind) {
    return switch (kind) {
      case FORCE_LOCAL -> "force-local";
      case FORCE_SPILL -> "force-spill";
      case DRAIN -> "drain";
    };
  }

  private void note(Hand hand, String what, String before, String after) throws IOException {
    Instant now = parts.clock().instant();
    parts.audit().note(List.of(new Audit.Line(now, hand.who(), what, before, after, hand.why())));
  }

  /**
   * One site and its queue.
   *
   * @param status how it stands
   * @param queue what is in line for it; empty when the queue does not know it
   */
  public record SiteView(SiteStatus status, Optional<SiteQueue> queue) {}
}

package org.spillway.guard.rate;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spillway.guard.rate.RateLimit.By;
import org.spillway.guard.rate.RateLimit.Of;

/**
 * Counts mail against all limits at once: it is counted by all of them, or, when one is reached, by
 * none. Memory is bounded by keys a limit; the least lately seen is forgotten first.
 */
public final class RateLimits {
  private final InstantSource clock;
  private final List<Windows> all;

  /** Limits that count from nothing. */
  public RateLimits(List<RateLimit> limits, int mostKeys, InstantSource clock) {
    this.clock = clock;
    this.all = limits.stream().map(limit -> new Windows(limit, mostKeys)).toList();
  }

  /** The same limits go on counting; what is new begins from nothing. */
  public RateLimits with(List<RateLimit> limits, int mostKeys) {
    List<Windows> next =
        limits.stream()
            .map(limit -> kept(limit).orElseGet(() -> new Windows(limit, mostKeys)))
            .toList();
    return new RateLimits(clock, next);
  }

  private RateLimits(InstantSource clock, List<Windows> all) {
    this.clock = clock;
    this.all = all;
  }

  private Optional<Windows> kept(RateLimit limit) {
    return all.stream().filter(w -> w.limit().equals(limit)).findFirst();
  }

  /** A MAIL command: counts a message, and looks whether the bytes are spent already. */
  public Optional<RateLimit> message(Sent sent) {
    Optional<RateLimit> spent = spent(sent);
    return spent.isPresent() ? spent : take(sent, Of.MESSAGES, 1);
  }

  /** A RCPT command: counts a recipient, and a message of the recipient's. */
  public Optional<RateLimit> recipient(Sent sent) {
    return take(sent, Of.RECIPIENTS, 1);
  }

  /** Content that has come in. */
  public Optional<RateLimit> content(Sent sent, long bytes) {
    return take(sent, Of.BYTES, bytes);
  }

  private Optional<RateLimit> spent(Sent sent) {
    for (Windows windows : all) {
      Optional<Object> key =
          windows.limit().of() == Of.BYTES ? sent.key(windows.limit().by()) : Optional.empty();
      if (key.isPresent() && windows.isSpent(key.get(), clock.millis())) {
        return Optional.of(windows.limit());
      }
    }
    return Optional.empty();
  }

  private record Taken(Windows windows, Object key) {}

  private Optional<RateLimit> take(Sent sent, Of of, long amount) {
    List<Taken> taken = List.of();
    for (Windows windows : all) {
      Optional<Object> key =
          counts(windows.limit(), of) ? sent.key(windows.limit().by()) : Optional.empty();
      if (key.isEmpty()) {
        continue;
      }
      if (!windows.take(key.get(), amount, clock.millis())) {
        taken.forEach(t -> t.windows().give(t.key(), amount));
        return Optional.of(windows.limit());
      }
      taken = taken.isEmpty() ? new ArrayList<>(4) : taken;
      taken.add(new Taken(windows, key.get()));
    }
    return Optional.empty();
  }

  /** A recipient's messages come one with each RCPT. */
  private static boolean counts(RateLimit limit, Of of) {
    boolean each = limit.by() == By.RECIPIENT && limit.of() == Of.MESSAGES;
    return each ? of == Of.RECIPIENTS : limit.of() == of;
  }

  /** Keys that are remembered. */
  public int keys() {
    return all.stream().mapToInt(Windows::size).sum();
  }
}

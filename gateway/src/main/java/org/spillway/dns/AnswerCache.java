package org.spillway.dns;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Answers for as long as they may be kept, those not asked for the longest leave first. */
final class AnswerCache<V> {
  private static final long BYTES_EACH = 1024;

  private record Kept<V>(V value, long freshUntil, long staleUntil, long bytes) {}

  private final Map<Question, Kept<V>> kept = new LinkedHashMap<>(16, 0.75f, true);
  private final int entries;
  private final long maxBytes;
  private final LongSupplier nanos;
  private long bytes;

  AnswerCache(int entries, LongSupplier nanos) {
    this.entries = entries;
    this.maxBytes = entries * BYTES_EACH;
    this.nanos = nanos;
  }

  /** What is kept and still fresh. */
  synchronized Optional<V> fresh(Question question) {
    Kept<V> found = kept.get(question);
    return found == null || found.freshUntil - nanos.getAsLong() <= 0
        ? Optional.empty()
        : Optional.of(found.value);
  }

  /** What is kept and past its time, but not by more than it may be. */
  synchronized Optional<V> stale(Question question) {
    Kept<V> found = kept.get(question);
    return found == null || found.staleUntil - nanos.getAsLong() <= 0
        ? Optional.empty()
        : Optional.of(found.value);
  }

  /** Keeps an answer; a time of nothing keeps none and forgets the last (RFC 1035 §3.2.1). */
  synchronized void put(Question question, V value, Life life) {
    forget(question);
    if (!life.fresh.isPositive() || life.bytes > maxBytes) {
      return;
    }
    long freshUntil = nanos.getAsLong() + life.fresh.toNanos();
    kept.put(
        question, new Kept<>(value, freshUntil, freshUntil + life.stale.toNanos(), life.bytes));
    bytes += life.bytes;
    Iterator<Kept<V>> eldest = kept.values().iterator();
    while (kept.size() > entries || bytes > maxBytes) {
      bytes -= eldest.next().bytes;
      eldest.remove();
    }
  }

  /** Lets what is stale serve a while longer before it is asked for again. */
  synchronized void freshen(Question question, Duration time) {
    Kept<V> found = kept.get(question);
    if (found != null) {
      long until = nanos.getAsLong() + time.toNanos();
      kept.put(question, new Kept<>(found.value, until, found.staleUntil, found.bytes));
    }
  }

  synchronized void forgetIf(Predicate<Question> which) {
    kept.entrySet()
        .removeIf(
            entry -> {
              boolean gone = which.test(entry.getKey());
              bytes -= gone ? entry.getValue().bytes : 0;
              return gone;
            });
  }

  private void forget(Question question) {
    Kept<V> old = kept.remove(question);
    bytes -= old == null ? 0 : old.bytes;
  }

  synchronized int size() {
    return kept.size();
  }

  /**
   * How long an answer lives.
   *
   * @param stale how long after that it may serve when no server answers
   * @param bytes its weight, about
   */
  record Life(Duration fresh, Duration stale, long bytes) {}
}

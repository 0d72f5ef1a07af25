package org.spillway.dns;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.spillway.dns.upstream.Deadline;

/** Many threads with one question at once ask it once. */
final class Sharing<V> {
  private record Outcome<V>(Optional<V> value) {}

  private final Map<Question, CompletableFuture<Outcome<V>>> running = new ConcurrentHashMap<>();

  /** What a thread got. */
  sealed interface Got<V> {
    /** It asked itself. */
    record Own<V>(V value) implements Got<V> {}

    /** Another asked. */
    record Joined<V>(V value) implements Got<V> {}

    /** Another asks, longer than this one may wait. */
    record TooLate<V>() implements Got<V> {}
  }

  /**
   * Asks, or waits for the thread that does. When that one's own budget ends before the answer
   * comes, one of those that still wait asks.
   */
  Got<V> ask(Question question, Deadline deadline, Supplier<V> asking) {
    while (true) {
      CompletableFuture<Outcome<V>> mine = new CompletableFuture<>();
      CompletableFuture<Outcome<V>> other = running.putIfAbsent(question, mine);
      if (other == null) {
        return new Got.Own<>(lead(question, deadline, asking, mine));
      }
      try {
        Outcome<V> outcome = other.get(Math.max(1, deadline.left()), TimeUnit.NANOSECONDS);
        if (outcome.value.isPresent()) {
          return new Got.Joined<>(outcome.value.get());
        }
      } catch (TimeoutException | ExecutionException late) {
        return new Got.TooLate<>();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return new Got.TooLate<>();
      }
      if (deadline.over()) {
        return new Got.TooLate<>();
      }
    }
  }

  private V lead(
      Question question,
      Deadline deadline,
      Supplier<V> asking,
      CompletableFuture<Outcome<V>> mine) {
    Optional<V> value = Optional.empty();
    try {
      V asked = asking.get();
      value = Optional.of(asked);
      return asked;
    } finally {
      boolean cut = deadline.over() || Thread.currentThread().isInterrupted();
      running.remove(question, mine);
      mine.complete(new Outcome<>(cut ? Optional.empty() : value));
    }
  }
}

package org.spillway.smtp.mina;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.spillway.smtp.server.DialogContext;

/**
 * What a conversation is given.
 *
 * @param settings its listener
 * @param context for its dialog
 * @param counts to be counted in
 * @param tls our certificate, when there is TLS
 * @param processor moves its bytes
 * @param workers where its worker runs
 * @param stopwatch nanoseconds, for timeouts; steps of the wall clock must not cut sessions off
 */
record Surroundings(
    ListenerSettings settings,
    DialogContext context,
    SessionCounts counts,
    Optional<TlsContext> tls,
    OneReadProcessor processor,
    Executor workers,
    LongSupplier stopwatch) {
  /** Runs something on a virtual thread, or at once when the listener has stopped. */
  void run(Runnable task) {
    try {
      workers.execute(task);
    } catch (RejectedExecutionException stopped) {
      task.run(); // nothing is left but to leave, which does not block
    }
  }

  /** Counts a limit that was reached. */
  void reached(String limit) {
    context.metrics().count("spillway_smtp_limit_total", "limit", limit);
  }

  /** Counts a connection that was let in. */
  void connected() {
    context.metrics().count("spillway_smtp_connections_total", "listener", settings.name());
  }
}

package org.spillway.route;

/**
 * Elapsed time that no step of the wall clock moves; every duration is measured with it. In a
 * running gateway {@code System::nanoTime}.
 */
@FunctionalInterface
public interface Ticker {
  /** Nanoseconds from some fixed point; only differences mean anything. */
  long nanos();
}

package org.spillway.deliver;

/** Calls a pulse when it is due: one thread in a gateway, a step of the story in a test. */
public interface Pace {
  /** Begins to call the pulse, at once and then whenever it is due. */
  void start(Pulse pulse);

  /** Something is due earlier than the pulse said: call it now. Cheap, from any thread. */
  void wake();

  /** Calls it no more. */
  void stop();

  /** Work that has a time. */
  @FunctionalInterface
  interface Pulse {
    /**
     * Does what is due.
     *
     * @return when to call again, as the ticker tells time; {@code Long.MAX_VALUE} for not by
     *     itself
     */
    long beat();
  }
}

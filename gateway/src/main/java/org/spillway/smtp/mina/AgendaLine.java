package org.spillway.smtp.mina;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.spillway.admit.Line;

/**
 * Listens and waits on a conversation's agenda: its worker, a virtual thread, sleeps there, and
 * MINA's threads wake it.
 */
record AgendaLine(Agenda agenda, LongSupplier stopwatch) implements Line {
  @Override
  public long listen(Duration atMost) {
    return agenda.listen(atMost.toNanos(), stopwatch);
  }

  @Override
  public void pause(Duration time) {
    agenda.pause(time.toNanos(), stopwatch);
  }
}

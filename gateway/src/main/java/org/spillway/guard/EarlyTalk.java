package org.spillway.guard;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.spillway.guard.GuardSettings.EarlyTalkers;
import org.spillway.mail.Arrival;

/**
 * Listens before the greeting. A client that has waited as it should is not made to wait again for
 * a day; one that speaks ends the wait.
 */
final class EarlyTalk {
  private static final int POLITE = 50_000;
  private static final Duration TRUST = Duration.ofDays(1);

  private final Strangers strangers;
  private final Tarpit tarpit;
  private final InstantSource clock;
  private final Recent<InetAddress, Instant> polite = new Recent<>(POLITE);

  EarlyTalk(Strangers strangers, Tarpit tarpit, InstantSource clock) {
    this.strangers = strangers;
    this.tarpit = tarpit;
    this.clock = clock;
  }

  /**
   * Listens.
   *
   * @param mayWait false where nobody is made to wait: clients of submission have no names
   */
  Optional<Sign> look(Arrival arrival, Ear ear, GuardSettings settings, boolean mayWait) {
    EarlyTalkers wanted = settings.earlyTalkers();
    if (wanted.banner() == Action.OFF) {
      return Optional.empty();
    }
    boolean waits = mayWait && waits(arrival, settings);
    Duration wait =
        waits ? tarpit.grant(wanted.time(), settings.tarpit().sessions()) : Duration.ZERO;
    long bytes = ear.listen(wait);
    if (bytes == 0 && wait.isZero()) {
      return Optional.empty();
    }
    if (bytes == 0) {
      polite.put(arrival.client(), clock.instant());
    }
    return Optional.of(new Sign.Early(bytes, wait));
  }

  private boolean waits(Arrival arrival, GuardSettings settings) {
    return switch (settings.earlyTalkers().waits()) {
      case NEVER -> false;
      case SUSPICIOUS ->
          !isPolite(arrival.client()) && strangers.forSuspicion(arrival, settings).isSuspicious();
      case ALWAYS -> !isPolite(arrival.client());
    };
  }

  private boolean isPolite(InetAddress client) {
    return polite
        .find(client)
        .filter(since -> clock.instant().isBefore(since.plus(TRUST)))
        .isPresent();
  }
}

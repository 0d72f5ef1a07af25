package org.spillway.deliver.courier;

import java.time.Duration;
import java.util.Optional;
import org.spillway.deliver.tls.TlsWish;
import org.spillway.mail.Domain;
import org.spillway.route.Site;
import org.spillway.smtp.Capability;
import org.spillway.smtp.client.Capabilities;
import org.spillway.smtp.client.Phase;

/** One connection that is ready for transactions. For one thread at a time. */
final class Connection {
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final Key key;
  private final Site site;
  private final Far far;
  private final Wire wire;
  private final long epoch;
  private int messages;
  private boolean unfinished;
  private boolean usable = true;
  private long idleUntil;

  /**
   * What connections are kept by.
   *
   * @param site name of the site
   * @param host as {@code host:port}
   * @param destination recipient domain, for sites of kind MX
   * @param wish what it was made for
   */
  record Key(
      org.spillway.route.SiteName site, String host, Optional<Domain> destination, TlsWish wish) {}

  /**
   * Who is at the other end.
   *
   * @param hop for people
   * @param capabilities what it offers
   * @param verified true when the host and its certificate were proved, so that REQUIRETLS may be
   *     said (RFC 8689 §4.2.1)
   */
  record Far(String hop, Capabilities capabilities, boolean verified) {}

  Connection(Key key, Site site, Far far, Wire wire, long epoch) {
    this.key = key;
    this.site = site;
    this.far = far;
    this.wire = wire;
    this.epoch = epoch;
  }

  Key key() {
    return key;
  }

  Site site() {
    return site;
  }

  String hop() {
    return far.hop();
  }

  Wire wire() {
    return wire;
  }

  Capabilities capabilities() {
    return far.capabilities();
  }

  /** True when REQUIRETLS may be said. */
  boolean keepsRequireTls() {
    return far.verified() && far.capabilities().has(Capability.REQUIRETLS);
  }

  /** The site's epoch when it was made: a connection of an older one is not kept. */
  long epoch() {
    return epoch;
  }

  /** True when it has carried a transaction before this one. */
  boolean isReused() {
    return messages > 1;
  }

  void beginMessage() {
    messages++;
  }

  /** True when the next transaction must begin with RSET. */
  boolean isUnfinished() {
    return unfinished;
  }

  /** Notes how a transaction left it. */
  void endMessage(boolean unfinishedNow, boolean usableStill) {
    unfinished = unfinishedNow;
    usable &= usableStill;
  }

  /** True when it may carry another message. */
  boolean isKeepable() {
    return usable && messages < site.limits().messagesPerConnection();
  }

  /** True when QUIT is still worth saying. */
  boolean isUsable() {
    return usable;
  }

  void idleUntil(long tick) {
    idleUntil = tick;
  }

  long idleUntil() {
    return idleUntil;
  }

  /** Takes leave as RFC 5321 §4.1.1.10 asks, but waits only 5 s for the answer. */
  void quit() {
    try {
      wire.say("QUIT\r\n");
      wire.hear(FAREWELL, Phase.QUIT.name());
    } catch (java.io.IOException alreadyGone) {
      usable = false;
    } finally {
      wire.close();
    }
  }
}

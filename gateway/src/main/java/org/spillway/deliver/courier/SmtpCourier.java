package org.spillway.deliver.courier;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spillway.deliver.Courier;
import org.spillway.deliver.Outcome;
import org.spillway.mail.Domain;
import org.spillway.route.Site;
import org.spillway.spool.Entry;

/**
 * Carries mail by SMTP and LMTP with blocking sockets; callers are virtual threads. Tries the hosts
 * of a site until one takes the transaction on or says something about the whole site; keeps
 * connections for the next message.
 */
public final class SmtpCourier implements Courier {
  private final Watchdog watchdog = new Watchdog();
  private final PeerTls tls = new PeerTls();
  private final Pool pool = new Pool(watchdog);
  private final Parts parts;

  /** What every attempt and probe works with. */
  record Parts(
      CourierWorld world, Pool pool, Peers peers, Connector connector, Sightings sightings) {}

  /** Starts a courier without any connection; {@link #close} ends it. */
  public SmtpCourier(CourierWorld world) {
    this.parts =
        new Parts(
            world,
            pool,
            new Peers(world.dns(), world.self(), world.mxPort(), world.chance()),
            new Connector(world, watchdog, tls),
            new Sightings(world.observer()));
  }

  @Override
  public Map<Integer, Outcome> attempt(
      Site site,
      Optional<Domain> destination,
      Entry entry,
      List<Integer> recipients,
      FinalDot note) {
    return new Round(parts, new Errand(site, destination, entry, recipients, note)).run();
  }

  @Override
  public Probe probe(Site site, String host) {
    return new Prober(parts).probe(site, host);
  }

  @Override
  public void drop(Site site) {
    tls.forget();
    pool.drop(site.name());
  }

  /** Reads the sites' authorities and client certificates again, for the handshakes after this. */
  public void reread() {
    tls.forget();
  }

  @Override
  public void close() {
    pool.close();
    watchdog.close();
  }
}

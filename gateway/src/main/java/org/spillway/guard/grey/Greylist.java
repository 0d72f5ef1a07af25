package org.spillway.guard.grey;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.mail.Address;
import org.spillway.mail.Network;
import org.spillway.mail.ReversePath;

/**
 * Who has come back. A disk that does not take a row is told once; the row counts in memory all the
 * same, since greylisting is no promise to anybody. May be asked by many threads.
 */
public final class Greylist implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Greylist.class);
  private static final long REFRESH_SECONDS = 3600;

  private final InstantSource clock;
  private final Map<GreyKey, GreyRow> rows = new LinkedHashMap<>(16, 0.75f, true);
  private final GreyFile file;
  private GreySettings settings;
  private boolean told;

  private Greylist(Path path, GreySettings settings, InstantSource clock) throws IOException {
    this.settings = settings;
    this.clock = clock;
    this.file = GreyFile.open(path, rows::put);
    shrink();
  }

  /**
   * Opens the memory; made when it is not there.
   *
   * @throws IOException when the file cannot be read or made
   */
  public static Greylist open(Path path, GreySettings settings, InstantSource clock)
      throws IOException {
    return new Greylist(path, settings, clock);
  }

  /** Goes by other settings from now on. */
  public synchronized void reconfigure(GreySettings fresh) {
    settings = fresh;
    shrink();
  }

  /*
   * a triplet       | and                        | becomes            | answer
   * unknown         |                            | first = last = now | Waits(delay)
   * passes = 0      | now - first < delay        |                    | Waits(rest)
   *                 | now - first ≤ retry-within | passes = 1         | Passes(CAME_BACK)
   *                 | later                      | as unknown         | Waits(delay)
   * passes > 0      | now - last ≤ keep          | last = now         | Passes(KNOWN)
   *                 | later                      | as unknown         | Waits(delay)
   * A network that was seen within keep and has allow-after triplets that came back lets all pass.
   */
  /** Looks a triplet up, and remembers that it was here. */
  public synchronized Greyed look(InetAddress client, ReversePath from, Address to) {
    long now = clock.instant().getEpochSecond();
    Network network = GreyKey.around(client, settings);
    GreyKey all = GreyKey.network(network);
    GreyRow known = rows.get(all);
    if (isAllowed(known, now)) {
      refresh(all, known, now);
      return new Greyed.Passes(Greyed.Why.NETWORK);
    }
    GreyKey key = GreyKey.triplet(network, from, to);
    GreyRow row = rows.get(key);
    if (row == null || isStale(row, now)) {
      put(key, new GreyRow(now, now, 0));
      return new Greyed.Waits(settings.delay(), row == null);
    }
    if (row.passes() > 0) {
      refresh(key, row, now);
      return new Greyed.Passes(Greyed.Why.KNOWN);
    }
    long left = row.first() + settings.delay().toSeconds() - now;
    if (left > 0) {
      return new Greyed.Waits(Duration.ofSeconds(left), false);
    }
    put(key, new GreyRow(row.first(), now, 1));
    credit(all, known, now);
    return new Greyed.Passes(Greyed.Why.CAME_BACK);
  }

  private boolean isAllowed(GreyRow network, long now) {
    return network != null
        && settings.allowAfter() > 0
        && network.passes() >= settings.allowAfter()
        && now - network.last() <= settings.keep().toSeconds();
  }

  private boolean isStale(GreyRow row, long now) {
    boolean future = row.first() > now; // the clock was set back
    return future
        || (row.passes() > 0
            ? now - row.last() > settings.keep().toSeconds()
            : now - row.first() > settings.retryWithin().toSeconds());
  }

  private void refresh(GreyKey key, GreyRow row, long now) {
    if (now - row.last() >= REFRESH_SECONDS) {
      put(key, new GreyRow(row.first(), now, row.passes()));
    }
  }

  private void credit(GreyKey network, GreyRow known, long now) {
    boolean fresh = known == null || now - known.last() > settings.keep().toSeconds();
    put(
        network,
        fresh ? new GreyRow(now, now, 1) : new GreyRow(known.first(), now, known.passes() + 1));
  }

  private void put(GreyKey key, GreyRow row) {
    rows.put(key, row);
    shrink();
    try {
      file.keep(key, row, rows);
    } catch (IOException broken) {
      if (!told) {
        LOG.error("the greylist is not kept on disk", broken);
      }
      told = true;
    }
  }

  private void shrink() {
    var eldest = rows.entrySet().iterator();
    while (rows.size() > settings.entries() && eldest.hasNext()) {
      eldest.next();
      eldest.remove();
    }
  }

  /** Triplets and networks that are remembered. */
  public synchronized int size() {
    return rows.size();
  }

  /** Forces what is not on disk yet. */
  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}

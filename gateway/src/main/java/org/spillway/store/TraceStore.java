package org.spillway.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.spool.Entry;
import org.spillway.spool.Spool;

/**
 * The database as the tracking thread sees it: it opens, writes, mends and forgets, and survives
 * every failure of SQL. Only {@link #traces}, {@link #broken}, {@link #fellBehind} and {@link
 * #rebuildFrom} are called by others.
 *
 * <pre>
 *   absent ──open──► open ──write fails twice──► closed and opened again ──► open
 *      ▲                                              │ does not open
 *      └──────────── tried again after 10 s ◄─────────┘
 * </pre>
 */
final class TraceStore {
  private static final Logger LOG = LoggerFactory.getLogger(TraceStore.class);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(10);
  private static final int ENTRIES_A_REPAIR = 500;
  private static final String CLOSED_WELL = "closed-well";

  /** States of a page or container whose bytes are wrong: opening it again will not mend it. */
  private static final List<String> DAMAGE = List.of("XSDG2", "XSDB0", "XSDB1", "XSDB2", "XSDB3");

  private final Path directory;
  private final InstantSource clock;
  private final SetAside aside;
  private final TraceWriter writer;
  private final Retention retention;
  private volatile Optional<Database> database = Optional.empty();
  private volatile Optional<Spool> spool = Optional.empty();
  private volatile boolean behind;
  private volatile String broken = "not open yet";
  private Instant tryAt = Instant.MIN;

  TraceStore(DatabaseSettings settings, InstantSource clock) {
    this.directory = settings.directory().resolve("tracking");
    this.clock = clock;
    this.aside = new SetAside(clock);
    this.writer = new TraceWriter(clock);
    this.retention = new Retention(settings.keepTraces(), clock);
  }

  void rebuildFrom(Spool live) {
    spool = Optional.of(live);
  }

  /** Events were lost: live entries are written again when there is time. */
  void fellBehind() {
    behind = true;
  }

  Optional<String> broken() {
    return Optional.of(broken).filter(why -> !why.isEmpty());
  }

  Traces traces() throws IOException {
    return new Traces(
        database
            .map(Database::jdbi)
            .orElseThrow(() -> new IOException("the tracking database is not open: " + broken)));
  }

  /** Opens the database when it is absent and its time has come; true when it is open. */
  boolean open() {
    if (database.isPresent()) {
      return true;
    }
    if (clock.instant().isBefore(tryAt)) {
      return false;
    }
    try {
      Database opened = Database.open(directory, aside);
      database = Optional.of(opened);
      behind |= !StoreState.swap(opened, CLOSED_WELL, "no").equals("yes");
      broken = "";
      return true;
    } catch (IOException | SQLException failed) {
      LOG.warn("No traces are kept: {}", failed.getMessage());
      broken = failed.getMessage();
      reset();
      tryAt = clock.instant().plus(TRY_AGAIN);
      return false;
    }
  }

  private void reset() {
    database.ifPresent(Database::close);
    database = Optional.empty();
  }

  /** Writes a batch; false when it is lost. */
  boolean keep(TraceBatch batch) {
    for (int attempt = 0; attempt < 3 && open(); attempt++) {
      boolean careful = attempt > 0;
      if (use(connection -> writer.write(connection, batch, careful), attempt > 0)) {
        forgetOld();
        return true;
      }
    }
    return false;
  }

  /** What is done on one connection. */
  private interface Work {
    void on(Connection connection) throws SQLException;
  }

  private boolean use(Work work, boolean reopen) {
    Database now = database.orElseThrow();
    try (Connection connection = now.connection()) {
      try {
        work.on(connection);
        broken = "";
        return true;
      } catch (SQLException | RuntimeException failed) {
        connection.rollback();
        throw failed;
      }
    } catch (SQLException | RuntimeException failed) {
      failed(failed, reopen);
      return false;
    }
  }

  private void failed(Exception failed, boolean reopen) {
    broken = String.valueOf(failed.getMessage());
    if (!reopen && failed instanceof SQLException sql && Database.states(sql).startsWith("23")) {
      return; // a key that is there already: the next try looks first
    }
    LOG.warn("Traces could not be written: {}", broken);
    reset();
    if (failed instanceof SQLException sql && isDamage(sql)) {
      setAside();
    }
  }

  private static boolean isDamage(SQLException failed) {
    String states = Database.states(failed);
    return DAMAGE.stream().anyMatch(states::contains);
  }

  private void setAside() {
    try {
      aside.move(directory);
    } catch (IOException stuck) {
      LOG.warn("The damaged tracking database could not be set aside: {}", stuck.getMessage());
    }
  }

  /**
   * Nothing waits: mend what is behind, forget what is old.
   *
   * @param between called now and then while mending, so that events do not pile up
   */
  void mend(Runnable between) {
    if (!open()) {
      return;
    }
    if (behind && spool.isPresent()) {
      behind = false;
      rebuild(spool.get(), between);
    }
    forgetOld();
  }

  private void forgetOld() {
    if (retention.isDue() && database.isPresent()) {
      use(retention::chunk, true);
    }
  }

  /**
   * Writes live entries as they stand. What changes after an entry was read has its event in the
   * queue still, and is written after it.
   */
  private void rebuild(Spool from, Runnable between) {
    List<Entry> some = new ArrayList<>();
    long[] count = {0};
    try {
      from.forEachLive(
          entry -> {
            some.add(entry);
            count[0]++;
            if (some.size() >= ENTRIES_A_REPAIR) {
              repair(some);
              between.run();
            }
          });
      repair(some);
      LOG.info("Traces of {} live messages were brought up to date from the spool", count[0]);
    } catch (IOException unread) {
      behind = true;
      LOG.warn("The spool could not be read for traces: {}", unread.getMessage());
    }
  }

  private void repair(List<Entry> some) {
    if (!some.isEmpty()
        && (database.isEmpty() || !use(connection -> writer.repair(connection, some), true))) {
      behind = true;
    }
    some.clear();
  }

  /** Notes that nothing is missing, when so, and closes. */
  void close() {
    if (database.isPresent() && !behind) {
      try {
        StoreState.swap(database.get(), CLOSED_WELL, "yes");
      } catch (SQLException failed) {
        LOG.warn("The tracking database was not closed well: {}", failed.getMessage());
      }
    }
    reset();
  }
}

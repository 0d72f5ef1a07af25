package org.spillway.spool.segment;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.spillway.cluster.Cluster;
import org.spillway.cluster.Stream;
import org.spillway.mail.EntryId;
import org.spillway.metrics.Metrics;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Draft;
import org.spillway.spool.Entry;
import org.spillway.spool.Receipt;
import org.spillway.spool.Room;
import org.spillway.spool.Spool;
import org.spillway.spool.SpoolSettings;
import org.spillway.spool.code.Attempt;
import org.spillway.spool.crypt.DataKey;
import org.spillway.spool.crypt.Vault;
import org.spillway.spool.disk.Disk;
import org.spillway.spool.disk.JdkDisk;

/** The spool as an append-only log in segments, with group commit; see the package's page. */
public final class SegmentSpool implements Spool {
  static final String LOG = "log";
  static final String BODIES = "bodies";
  private static final int MAX_PART_BYTES = 256 << 10;
  private static final int MAX_PARTS = 4000;

  /**
   * What a spool is opened in.
   *
   * @param cluster gives the store its id, its stream and the lease
   * @param disk where the files are
   * @param clock for the time at which an outcome was found lost
   * @param metrics shows {@code spillway_spool_live_entries}, {@code _used_bytes} and {@code
   *     _forces_total}
   */
  public record World(Cluster cluster, Disk disk, InstantSource clock, Metrics metrics) {
    /** On the JDK's file system. */
    public static World of(Cluster cluster, InstantSource clock, Metrics metrics) {
      return new World(cluster, new JdkDisk(), clock, metrics);
    }
  }

  private final Segments segments;
  private final Capacity capacity;
  private final Index index = new Index(this::segment);
  private final Fresh fresh;
  private final Reader reader;
  private final Shelf shelf;
  private final Log log;
  private final LogWriter writer;
  private final Ledger ledger;
  private final Keeper keeper;
  private final SegmentDraft.Desk desk;

  /** The files under a spool, not read yet. */
  private record Ground(Shelf shelf, Capacity capacity, Segments segments) {
    static Ground of(SpoolSettings settings, Disk disk) throws IOException {
      Path directory = settings.directory();
      disk.makeDirectory(directory.resolve(LOG));
      disk.makeDirectory(directory.resolve(BODIES));
      Shelf shelf = new Shelf(disk, directory.resolve(BODIES));
      Capacity capacity = new Capacity(disk, directory, settings.capacityBytes(), shelf);
      long segmentBytes = settings.segmentBytes();
      return new Ground(
          shelf,
          capacity,
          new Segments(disk, directory.resolve(LOG), segmentBytes, capacity::allows));
    }
  }

  private SegmentSpool(SpoolSettings settings, World world, Ground ground) throws IOException {
    shelf = ground.shelf();
    capacity = ground.capacity();
    segments = ground.segments();
    Vault vault = Vault.open(settings.keyFile());
    Stream stream = world.cluster().openStream();
    fresh = new Fresh(settings.cacheBytes());
    reader = new Reader(segments, index, vault);
    Recovery recovery = new Recovery(world.disk(), segments, index, reader);
    recovery.run(settings.directory().resolve(LOG), world.cluster().storeId());
    keepNamedFiles();
    Cleaner.freeDeadAtStart(segments, recovery.withLostAttempts());
    DataKey stateKey = vault.fresh();
    Head like =
        new Head(world.cluster().storeId(), stream.number(), stream.epoch(), 0, stateKey.wrapped());
    log =
        new Log(new Log.Session(stream, world.cluster().lease(), like, stateKey), segments, index);
    writer = new LogWriter(log);
    OpenAttempts attempts = new OpenAttempts(segments);
    ledger = new Ledger(index, fresh, reader, writer, attempts, stateKey);
    keeper =
        new Keeper(
            new Keeper.Care(log, writer, segments, shelf, capacity),
            new Cleaner(segments, index, reader, writer, ledger, attempts));
    desk = desk(settings, stream, recovery.lastSeq());
    for (var lost : recovery.lostAttempts().entrySet()) {
      ledger.lose(lost.getKey(), lost.getValue(), world.clock().instant());
    }
  }

  /**
   * Opens a spool and finds what an earlier process left in it.
   *
   * @throws IOException when the files cannot be read or written, are of another store, or the key
   *     does not fit
   */
  public static SegmentSpool open(SpoolSettings settings, World world) throws IOException {
    Ground ground = Ground.of(settings, world.disk());
    SegmentSpool spool;
    try {
      spool = new SegmentSpool(settings, world, ground);
    } catch (IOException e) {
      ground.segments().close();
      throw e;
    }
    spool.log.onRoll(spool.keeper::wake);
    spool.writer.start();
    spool.keeper.start();
    world.metrics().gauge("spillway_spool_live_entries", spool::liveEntries);
    world.metrics().gauge("spillway_spool_used_bytes", () -> spool.room().usedBytes());
    world.metrics().gauge("spillway_spool_forces_total", spool.log::forces);
    return spool;
  }

  private SegmentDraft.Desk desk(SpoolSettings settings, Stream stream, long lastSeq) {
    int partBytes = Math.clamp(settings.segmentBytes() / 4, 1024, MAX_PART_BYTES);
    long bodyFileBytes = Math.min(settings.bodyFileBytes(), (long) partBytes * MAX_PARTS);
    Parts.Target target = new Parts.Target(writer, segments, reader, shelf, stream);
    AtomicLong seq = new AtomicLong(lastSeq);
    return new SegmentDraft.Desk(
        target, index, fresh, partBytes, bodyFileBytes, this::refusal, seq::incrementAndGet);
  }

  private Optional<Segment> segment(int number) {
    return segments.of(number);
  }

  /** A content file that no live entry names is left over from a draft or an ended entry. */
  private void keepNamedFiles() throws IOException {
    for (EntryId id : shelf.all()) {
      long size = shelf.size(id);
      shelf.found(size);
      if (index.find(id).filter(Slot::hasFile).isEmpty()) {
        shelf.remove(id, size);
      }
    }
  }

  private Optional<Receipt> refusal() {
    Optional<String> broken = writer.broken();
    if (broken.isPresent()) {
      return Optional.of(new Receipt.NotSafe(broken.get()));
    }
    Room room = room();
    return room.level() == Room.Level.FULL
        ? Optional.of(new Receipt.Full(room.usedBytes() + " of " + room.capacityBytes() + " bytes"))
        : Optional.empty();
  }

  @Override
  public Draft draft(EntryId id) {
    return new SegmentDraft(id, desk);
  }

  @Override
  public Optional<Entry> entry(EntryId id) throws IOException {
    return ledger.known(id).map(known -> entry(id, known));
  }

  private Entry entry(EntryId id, Fresh.Known known) {
    return entry(id, known.meta(), known.standings());
  }

  private Entry entry(EntryId id, Meta meta, List<Disposition> standings) {
    Draft.Accepted accepted = meta.accepted();
    return new Entry(
        id,
        accepted.arrival(),
        accepted.direction(),
        accepted.envelope(),
        accepted.facts(),
        accepted.decision(),
        standings,
        accepted.outgoing(),
        new StoredContent(id, meta, fresh, reader, shelf));
  }

  @Override
  public void forEachLive(Consumer<Entry> visitor) throws IOException {
    Slot[] slots = index.inOrder();
    ReadAhead ahead = new ReadAhead(slots, reader, segments);
    for (int i = 0; i < slots.length; i++) {
      EntryId id = slots[i].id();
      Optional<Entry> entry = visible(id, ahead, i);
      entry.ifPresent(visitor);
    }
  }

  private Optional<Entry> visible(EntryId id, ReadAhead ahead, int i) throws IOException {
    Optional<Fresh.Known> known = fresh.find(id);
    Optional<Slot> slot = index.find(id);
    if (known.isPresent() || slot.isEmpty()) {
      return known.filter(_ -> slot.isPresent()).map(k -> entry(id, k));
    }
    Optional<Meta> meta = ahead.meta(i, slot.get());
    try {
      Meta found = meta.isPresent() ? meta.get() : reader.read(id, reader::meta);
      return Optional.of(entry(id, found, ledger.standings(slot.get(), found)));
    } catch (IOException e) {
      if (index.find(id).isEmpty()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public long liveEntries() {
    return index.size();
  }

  @Override
  public void attempt(EntryId id, List<Integer> recipients, SiteName site, String hop)
      throws IOException {
    ledger.attempt(id, new Attempt(recipients, site, hop));
  }

  @Override
  public void settle(EntryId id, Map<Integer, Disposition> standings) throws IOException {
    ledger.settle(id, standings);
    Optional<String> broken = writer.broken();
    if (broken.isPresent()) {
      throw new IOException(broken.get());
    }
  }

  @Override
  public Room room() {
    return capacity.room(segments);
  }

  @Override
  public Optional<String> broken() {
    return writer.broken();
  }

  /** How often batches made the disk flush, and how many writes they took. */
  public Figures figures() {
    return new Figures(log.forces(), log.writes());
  }

  /** What the log did since it was opened. */
  public record Figures(long forces, long writes) {}

  /** Frees and cleans now, as the keeper does each second. */
  void keep() {
    keeper.round();
  }

  @Override
  public void close() throws IOException {
    keeper.close();
    writer.close();
    segments.close();
    Optional<String> broken = writer.broken();
    if (broken.isPresent()) {
      throw new IOException(broken.get());
    }
  }
}

package org.spillway.spool.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.spillway.mail.EntryId;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Draft;
import org.spillway.spool.Entry;
import org.spillway.spool.Receipt;
import org.spillway.spool.Room;
import org.spillway.spool.Spool;
import org.spillway.spool.SpoolSettings;
import org.spillway.spool.Watermarks;
import org.spillway.spool.code.Attempt;
import org.spillway.spool.code.State;
import org.spillway.spool.crypt.Vault;
import org.spillway.spool.disk.Disk;

/**
 * A spool with one file a message, forced with its directory, and one more for how it stands once
 * that has changed.
 */
public final class FileSpool implements Spool {
  private final EntryFiles files;
  private final SpoolSettings settings;
  private final Disk disk;
  private final Vault vault;
  private final Watermarks watermarks = new Watermarks();
  private final Map<EntryId, EntryFiles.Live> live = new ConcurrentHashMap<>();
  private final AtomicLong seq = new AtomicLong();
  private final AtomicReference<Optional<String>> broken = new AtomicReference<>(Optional.empty());

  private FileSpool(SpoolSettings settings, Disk disk) throws IOException {
    this.settings = settings;
    this.disk = disk;
    vault = Vault.open(settings.keyFile());
    files = new EntryFiles(settings.directory().resolve("entries"), disk, vault);
  }

  /** Opens a spool and finds what an earlier process left in it. */
  public static FileSpool open(SpoolSettings settings, Disk disk, InstantSource clock)
      throws IOException {
    FileSpool spool = new FileSpool(settings, disk);
    for (EntryFiles.Live found : spool.files.find()) {
      spool.live.put(found.id(), found);
      spool.seq.accumulateAndGet(found.seq(), Math::max);
      State state = spool.files.state(found);
      if (!state.open().isEmpty()) {
        spool.files.store(found.id(), state.withOutcomesLost(clock.instant()));
      }
    }
    return spool;
  }

  @Override
  public Draft draft(EntryId id) {
    return new FileDraft(id, this);
  }

  Vault vault() {
    return vault;
  }

  EntryFiles files() {
    return files;
  }

  /** Why nothing is accepted now. */
  Optional<Receipt> refusal() {
    if (broken.get().isPresent()) {
      return broken.get().map(Receipt.NotSafe::new);
    }
    return room().level() == Room.Level.FULL
        ? Optional.of(new Receipt.Full("the spool is full"))
        : Optional.empty();
  }

  /** Takes in a message that is safe in its draft file. */
  Receipt accept(EntryId id, Path draft) {
    EntryFiles.Live entry = new EntryFiles.Live(id, seq.incrementAndGet());
    try {
      files.name(draft, entry);
      live.put(id, entry);
      return new Receipt.Safe(id, 1);
    } catch (IOException e) {
      breakSpool(e);
      return new Receipt.NotSafe(e.toString());
    }
  }

  /** After a force that failed nothing is sure any more. */
  void breakSpool(IOException why) {
    broken.compareAndSet(Optional.empty(), Optional.of("writing the spool failed: " + why));
  }

  @Override
  public Optional<Entry> entry(EntryId id) throws IOException {
    EntryFiles.Live entry = live.get(id);
    if (entry == null) {
      return Optional.empty();
    }
    synchronized (entry) {
      return live.containsKey(id) ? Optional.of(files.entry(entry)) : Optional.empty();
    }
  }

  @Override
  public void forEachLive(Consumer<Entry> visitor) throws IOException {
    List<EntryFiles.Live> all = new ArrayList<>(live.values());
    all.sort(Comparator.comparingLong(EntryFiles.Live::seq));
    for (EntryFiles.Live entry : all) {
      entry(entry.id()).ifPresent(visitor);
    }
  }

  @Override
  public long liveEntries() {
    return live.size();
  }

  @Override
  public void attempt(EntryId id, List<Integer> recipients, SiteName site, String hop)
      throws IOException {
    sound();
    EntryFiles.Live entry = live.get(id);
    if (entry == null) {
      throw new IOException("entry " + id + " is gone");
    }
    synchronized (entry) {
      State state = files.state(entry);
      List<Attempt> open = new ArrayList<>(state.open());
      open.add(new Attempt(recipients, site, hop));
      files.store(id, new State(state.standings(), open));
    }
  }

  @Override
  public void settle(EntryId id, Map<Integer, Disposition> standings) throws IOException {
    sound();
    EntryFiles.Live entry = live.get(id);
    if (entry == null) {
      return;
    }
    synchronized (entry) {
      if (!live.containsKey(id)) {
        return;
      }
      State after = after(files.state(entry), standings);
      if (after.standings().stream().allMatch(Disposition::isFinal)) {
        live.remove(id);
        files.remove(entry);
      } else {
        files.store(id, after);
      }
    }
  }

  private static State after(State state, Map<Integer, Disposition> changes) {
    List<Disposition> standings = new ArrayList<>(state.standings());
    changes.forEach(standings::set);
    List<Attempt> open =
        state.open().stream()
            .map(attempt -> without(attempt, changes))
            .filter(attempt -> !attempt.recipients().isEmpty())
            .toList();
    return new State(standings, open);
  }

  private static Attempt without(Attempt attempt, Map<Integer, Disposition> settled) {
    List<Integer> left =
        attempt.recipients().stream().filter(r -> !settled.containsKey(r)).toList();
    return new Attempt(left, attempt.site(), attempt.hop());
  }

  private void sound() throws IOException {
    Optional<String> why = broken.get();
    if (why.isPresent()) {
      throw new IOException(why.get());
    }
  }

  @Override
  public Room room() {
    long used = files.usedBytes();
    try {
      long reachable = used + disk.freeBytes(settings.directory());
      long limit = settings.capacityBytes().orElse(Long.MAX_VALUE);
      return watermarks.look(used, Math.min(reachable, limit));
    } catch (IOException e) {
      breakSpool(e);
      return new Room(used, used, Room.Level.FULL);
    }
  }

  @Override
  public Optional<String> broken() {
    return broken.get();
  }

  @Override
  public void close() {
    live.clear();
  }
}

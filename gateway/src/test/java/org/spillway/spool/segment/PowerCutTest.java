package org.spillway.spool.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.mail.EntryId;
import org.spillway.spool.Disposition;
import org.spillway.spool.Draft;
import org.spillway.spool.Entry;
import org.spillway.spool.Receipt;
import org.spillway.spool.Samples;

/**
 * Random work on a disk that loses what was not forced, cut off again and again; after each cut the
 * spool is held against what it had promised.
 */
final class PowerCutTest {
  private static final int WORKERS = 3;
  private static final int CUTS = 6;
  private static final int STEPS = 40;

  @TempDir Path keys;

  /** What one worker knows of one message. */
  private static final class Known {
    private final byte[] content;
    private boolean safe;
    private boolean full;
    private int version;
    private int sureVersion;
    private boolean attempted;
    private boolean sureAttempted;
    private boolean ended;
    private boolean sureEnded;

    Known(byte[] content) {
      this.content = content;
    }
  }

  private final Map<EntryId, Known> known = new ConcurrentHashMap<>();
  private final Set<EntryId> gone = new HashSet<>();

  @Test
  void nothingAcknowledgedIsLostAndNothingEndedComesBack() throws Exception {
    for (long seed = 0; seed < 12; seed++) {
      known.clear();
      gone.clear();
      run(new SplittableRandom(seed), seed);
    }
  }

  private void run(RandomGenerator chance, long seed) throws Exception {
    FaultyDisk disk = new FaultyDisk();
    Rig rig = new Rig(keys);
    rig.cacheBytes(seed % 2 == 0 ? 0 : 50_000);
    for (int cut = 0; cut <= CUTS; cut++) {
      if (seed % 3 == 0) {
        disk.writeShort();
      }
      SegmentSpool spool = rig.open(disk);
      check(spool, "seed " + seed + " cut " + cut);
      fault(disk, chance, seed);
      work(spool, disk, chance);
      disk = disk.afterPowerCut(chance);
      disk.capacity(Long.MAX_VALUE / 2);
      Rig.drop(spool);
    }
  }

  /** Some seeds also have a force that fails, or a disk that is nearly full. */
  private static void fault(FaultyDisk disk, RandomGenerator chance, long seed) {
    if (seed % 4 == 1) {
      disk.failForce(chance.nextInt(5, 60));
    } else if (seed % 4 == 2) {
      disk.capacity(chance.nextInt(300_000, 900_000));
    }
  }

  private void work(SegmentSpool spool, FaultyDisk disk, RandomGenerator chance) throws Exception {
    List<EntryId> before = new ArrayList<>(known.keySet());
    List<Thread> threads = new ArrayList<>();
    for (int w = 0; w < WORKERS; w++) {
      RandomGenerator own = new SplittableRandom(chance.nextLong());
      List<EntryId> mine = new ArrayList<>();
      for (int i = w; i < before.size(); i += WORKERS) {
        mine.add(before.get(i));
      }
      threads.add(Thread.ofVirtual().start(() -> steps(spool, own, mine)));
    }
    threads.getFirst().join(); // the others are cut off in the middle of something
    disk.turnOff();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void steps(SegmentSpool spool, RandomGenerator chance, List<EntryId> mine) {
    List<EntryId> touched = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      try {
        step(spool, chance, mine, touched);
      } catch (IOException e) {
        return; // broken, or without power
      }
    }
  }

  private void step(
      SegmentSpool spool, RandomGenerator chance, List<EntryId> mine, List<EntryId> touched)
      throws IOException {
    int dice = chance.nextInt(10);
    if (mine.isEmpty() || dice < 4) {
      Optional<EntryId> put = put(spool, chance);
      if (put.isPresent()) {
        mine.add(put.get());
        touched.removeIf(this::isSureNow);
      }
      return;
    }
    EntryId id = mine.get(chance.nextInt(mine.size()));
    Known message = known.get(id);
    if (dice < 6) {
      message.version++;
      spool.settle(id, Map.of(0, version(message.version)));
    } else if (dice < 8 && !message.attempted) {
      message.attempted = true;
      spool.attempt(id, List.of(1), Samples.ONPREM, "10.0.0.5");
    } else if (dice == 8) {
      message.ended = true;
      mine.remove(id);
      spool.settle(id, Map.of(0, Samples.delivered(), 1, Samples.delivered()));
    } else {
      spool.keep();
    }
    touched.add(id);
  }

  /** A commit that came back Safe has made sure all that this thread did before it. */
  private boolean isSureNow(EntryId id) {
    Known message = known.get(id);
    message.sureVersion = message.version;
    message.sureAttempted = message.attempted;
    message.sureEnded = message.ended;
    return true;
  }

  private static Disposition version(int n) {
    return new Disposition.Waiting(Samples.NOW, n, Samples.NOW, "v" + n, Optional.empty(), false);
  }

  private Optional<EntryId> put(SegmentSpool spool, RandomGenerator chance) throws IOException {
    EntryId id = Samples.id();
    int[] sizes = {0, 300, 5_000, 17_000, 39_000, 41_000, 60_000};
    byte[] content = Samples.bytes(sizes[chance.nextInt(sizes.length)], chance.nextLong());
    Known message = new Known(content);
    try (Draft draft = spool.draft(id)) {
      draft.write(ByteBuffer.wrap(content));
      if (chance.nextInt(10) == 0) {
        return Optional.empty();
      }
      known.put(id, message);
      switch (draft.commit(Samples.plain(2))) {
        case Receipt.Safe _ -> message.safe = true;
        case Receipt.Full _ -> message.full = true;
        case Receipt.NotSafe notSafe -> throw new IOException(notSafe.why());
      }
    }
    return message.safe ? Optional.of(id) : Optional.empty();
  }

  /** Holds a spool just opened against what it had promised, and takes over what it says. */
  private void check(SegmentSpool spool, String when) throws IOException {
    Map<EntryId, Entry> live = new HashMap<>();
    for (Entry entry : Rig.entries(spool)) {
      live.put(entry.id(), entry);
    }
    for (Map.Entry<EntryId, Known> one : known.entrySet()) {
      check(one.getKey(), one.getValue(), Optional.ofNullable(live.get(one.getKey())), when);
    }
    for (EntryId id : live.keySet()) {
      assertThat(gone).as("gone before, " + when).doesNotContain(id);
      assertThat(known).as(when).containsKey(id);
    }
    gone.addAll(known.keySet());
    gone.removeAll(live.keySet());
    known.keySet().removeAll(gone);
  }

  private static void check(EntryId id, Known message, Optional<Entry> entry, String when)
      throws IOException {
    String what = when + " " + id;
    if (message.safe && !message.ended) {
      assertThat(entry).as("acknowledged, " + what).isPresent();
    }
    if (message.full || message.sureEnded) {
      assertThat(entry).as("refused or ended, " + what).isEmpty();
    }
    if (entry.isPresent()) {
      assertThat(Samples.read(entry.get().content())).as(what).isEqualTo(message.content);
      standings(message, entry.get().standings(), what);
    }
    message.ended = false;
    message.safe = true;
  }

  private static void standings(Known message, List<Disposition> standings, String what) {
    Disposition.Waiting first = (Disposition.Waiting) standings.get(0);
    assertThat(first.attempts()).as(what).isBetween(message.sureVersion, message.version);
    message.version = first.attempts();
    message.sureVersion = first.attempts();
    Disposition.Waiting second = (Disposition.Waiting) standings.get(1);
    boolean unknown = second.unknownAt().isPresent();
    if (message.sureAttempted) {
      assertThat(unknown).as("an attempt, " + what).isTrue();
    }
    if (!message.attempted) {
      assertThat(unknown).as("no attempt, " + what).isFalse();
    }
    message.attempted = unknown;
    message.sureAttempted = unknown;
  }
}

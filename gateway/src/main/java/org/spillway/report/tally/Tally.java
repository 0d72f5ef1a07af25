package org.spillway.report.tally;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Counts lines in memory and moves them to the file of their period from time to time. Adding costs
 * a map look-up and never waits for the disk; what was not yet written is lost in a crash, which
 * for statistics is enough. One thread calls {@link #flush}; any may add.
 */
public final class Tally {
  private final Path folder;
  private final String name;
  private final ReportSchedule schedule;
  private final InstantSource clock;
  private final int mostLines;
  private final LongAdder dropped = new LongAdder();
  private final ReentrantReadWriteLock swap = new ReentrantReadWriteLock();
  private volatile Counts current;

  private record Counts(Period period, ConcurrentHashMap<String, LongAdder> lines) {}

  /**
   * A tally whose files lie in a folder of its own.
   *
   * @param name of the files, for example {@code dmarc}
   * @param mostLines different lines held in memory between two flushes; more are dropped and
   *     counted
   */
  public Tally(
      Path folder, String name, ReportSchedule schedule, int mostLines, InstantSource clock) {
    this.folder = folder;
    this.name = name;
    this.schedule = schedule;
    this.clock = clock;
    this.mostLines = mostLines;
    current = new Counts(schedule.period(clock.instant()), new ConcurrentHashMap<>());
  }

  /** Counts one line. */
  public void add(String line) {
    swap.readLock().lock();
    try {
      count(line, current.lines());
    } finally {
      swap.readLock().unlock();
    }
  }

  private void count(String line, ConcurrentHashMap<String, LongAdder> lines) {
    LongAdder count = lines.get(line);
    if (count == null) {
      if (lines.mappingCount() >= mostLines) {
        dropped.increment();
        return;
      }
      count = lines.computeIfAbsent(line, _ -> new LongAdder());
    }
    count.increment();
  }

  /** True when it is time to flush before the usual time: half of the memory is used. */
  public boolean isHalfFull() {
    return current.lines().mappingCount() >= mostLines / 2;
  }

  /** How many additions were dropped since the start, because memory was full. */
  public long dropped() {
    return dropped.sum();
  }

  /**
   * Writes what was counted to the file of its period, safe on disk, and starts anew.
   *
   * @throws IOException when the disk fails; what was counted is then kept in memory
   */
  public synchronized void flush() throws IOException {
    Counts full = startAnew();
    Map<String, Long> counts = new HashMap<>();
    full.lines().forEach((line, count) -> counts.put(line, count.sum()));
    if (counts.isEmpty()) {
      return;
    }
    try {
      TallyFile.of(folder, name, full.period()).append(counts);
    } catch (IOException broken) {
      keep(full);
      throw broken;
    }
  }

  /** When this returns nobody adds to the old counts any more. */
  private Counts startAnew() {
    Counts fresh = new Counts(schedule.period(clock.instant()), new ConcurrentHashMap<>());
    swap.writeLock().lock();
    try {
      Counts full = current;
      current = fresh;
      return full;
    } finally {
      swap.writeLock().unlock();
    }
  }

  private void keep(Counts full) {
    for (Map.Entry<String, LongAdder> line : full.lines().entrySet()) {
      long count = line.getValue().sum();
      if (current.lines().mappingCount() < mostLines) {
        current.lines().computeIfAbsent(line.getKey(), _ -> new LongAdder()).add(count);
      } else {
        dropped.add(count);
      }
    }
  }
}

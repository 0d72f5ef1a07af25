package org.spillway.deliver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.spillway.mail.EntryId;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Draft;
import org.spillway.spool.Entry;
import org.spillway.spool.Room;
import org.spillway.spool.Spool;

/** A spool that forgets all when the test ends, and counts how often a recipient came to an end. */
final class MemorySpool implements Spool {
  final Map<EntryId, Entry> entries = new ConcurrentHashMap<>();
  final Map<String, Integer> ends = new ConcurrentHashMap<>();

  void put(Entry entry) {
    entries.put(entry.id(), entry);
  }

  @Override
  public Draft draft(EntryId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Entry> entry(EntryId id) {
    return Optional.ofNullable(entries.get(id)).filter(e -> !e.isDone());
  }

  @Override
  public void forEachLive(Consumer<Entry> visitor) {
    entries.values().stream().filter(e -> !e.isDone()).forEach(visitor);
  }

  @Override
  public long liveEntries() {
    return entries.values().stream().filter(e -> !e.isDone()).count();
  }

  @Override
  public void attempt(EntryId id, List<Integer> recipients, SiteName site, String hop) {
    // Nothing outlives the test.
  }

  @Override
  public void settle(EntryId id, Map<Integer, Disposition> standings) {
    standings.forEach(
        (i, now) -> {
          if (now.isFinal()) {
            ends.merge(id + "/" + i, 1, Integer::sum);
          }
        });
    entries.computeIfPresent(id, (key, before) -> with(before, standings));
  }

  private static Entry with(Entry before, Map<Integer, Disposition> standings) {
    List<Disposition> next = new ArrayList<>(before.standings());
    standings.forEach(next::set);
    return new Entry(
        before.id(),
        before.arrival(),
        before.direction(),
        before.envelope(),
        before.facts(),
        before.decision(),
        next,
        before.content());
  }

  @Override
  public Room room() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<String> broken() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}

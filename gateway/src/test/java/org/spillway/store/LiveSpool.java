package org.spillway.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.spillway.mail.EntryId;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Draft;
import org.spillway.spool.Entry;
import org.spillway.spool.Room;
import org.spillway.spool.Spool;

/** A spool that only shows its live entries. */
record LiveSpool(List<Entry> entries) implements Spool {
  @Override
  public Draft draft(EntryId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Entry> entry(EntryId id) {
    return entries.stream().filter(e -> e.id().equals(id)).findFirst();
  }

  @Override
  public void forEachLive(Consumer<Entry> visitor) {
    entries.forEach(visitor);
  }

  @Override
  public long liveEntries() {
    return entries.size();
  }

  @Override
  public void attempt(EntryId id, List<Integer> recipients, SiteName site, String hop) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void settle(EntryId id, Map<Integer, Disposition> standings) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Room room() {
    return new Room(0, 1, Room.Level.NORMAL);
  }

  @Override
  public Optional<String> broken() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // nothing is held
  }
}

package org.spillway.spool.segment;

import java.io.IOException;
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

/** A spool that passes everything on. */
abstract class Forwarding implements Spool {
  abstract Spool to();

  @Override
  public Draft draft(EntryId id) {
    return to().draft(id);
  }

  @Override
  public Optional<Entry> entry(EntryId id) throws IOException {
    return to().entry(id);
  }

  @Override
  public void forEachLive(Consumer<Entry> visitor) throws IOException {
    to().forEachLive(visitor);
  }

  @Override
  public long liveEntries() {
    return to().liveEntries();
  }

  @Override
  public void attempt(EntryId id, List<Integer> recipients, SiteName site, String hop)
      throws IOException {
    to().attempt(id, recipients, site, hop);
  }

  @Override
  public void settle(EntryId id, Map<Integer, Disposition> standings) throws IOException {
    to().settle(id, standings);
  }

  @Override
  public Room room() {
    return to().room();
  }

  @Override
  public Optional<String> broken() {
    return to().broken();
  }
}

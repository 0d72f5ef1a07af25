package org.spillway.spool.segment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spillway.mail.EntryId;
import org.spillway.spool.Disposition;

/**
 * Entries that came in, or were read, a moment ago: a message that is delivered right after it was
 * accepted is neither read nor decrypted again. The oldest make room for the newest.
 */
final class Fresh {
  /**
   * One entry.
   *
   * @param meta all beside the content
   * @param standings as they are now
   * @param content the plain content, only its first {@code contentBytes}; empty when it is not
   *     kept
   */
  record Known(Meta meta, List<Disposition> standings, Optional<byte[]> content) {
    /** What it weighs: the content and, about, the rest. */
    long bytes() {
      return content.map(bytes -> bytes.length).orElse(0) + 1024 + 256L * standings.size();
    }
  }

  private final long limitBytes;
  private final Map<EntryId, Known> known = new LinkedHashMap<>();
  private long bytes;

  Fresh(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  synchronized Optional<Known> find(EntryId id) {
    return Optional.ofNullable(known.get(id));
  }

  synchronized void put(EntryId id, Known entry) {
    remove(id);
    if (entry.bytes() > limitBytes) {
      return;
    }
    known.put(id, entry);
    bytes += entry.bytes();
    var oldest = known.values().iterator();
    while (bytes > limitBytes) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }

  /** Takes over new standings of an entry that is known; it keeps its age. */
  synchronized void standings(EntryId id, List<Disposition> standings) {
    known.computeIfPresent(
        id, (_, old) -> new Known(old.meta(), List.copyOf(standings), old.content()));
  }

  synchronized void remove(EntryId id) {
    Known old = known.remove(id);
    if (old != null) {
      bytes -= old.bytes();
    }
  }

  /** For tests: the entries it knows. */
  synchronized List<EntryId> ids() {
    return new ArrayList<>(known.keySet());
  }
}

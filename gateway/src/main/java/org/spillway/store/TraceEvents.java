package org.spillway.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.spillway.mail.EntryId;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;

/** Makes the events whose facts the store understands. */
public final class TraceEvents {
  private TraceEvents() {}

  /** A message was made safe and got its 250. */
  public static TraceEvent accepted(Entry entry, Instant at) {
    return new TraceEvent(at, entry.id(), "accepted", addresses(entry), facts(entry));
  }

  /** The same, made again from the spool. */
  static TraceEvent rebuilt(Entry entry) {
    Map<String, String> facts = facts(entry);
    facts.put(Facts.REBUILT, "yes");
    return new TraceEvent(entry.arrival().at(), entry.id(), "accepted", addresses(entry), facts);
  }

  /** Recipients came to stand so. */
  public static TraceEvent disposition(EntryId id, List<String> recipients, Disposition standing) {
    return new TraceEvent(standing.at(), id, "disposition", recipients, Words.facts(standing));
  }

  private static List<String> addresses(Entry entry) {
    return entry.envelope().recipients().stream().map(r -> r.address().toString()).toList();
  }

  private static Map<String, String> facts(Entry entry) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(Facts.DIRECTION, entry.direction().name().toLowerCase(Locale.ROOT));
    facts.put(Facts.CLIENT, entry.arrival().client().getHostAddress());
    facts.put(Facts.LISTENER, entry.arrival().listener());
    facts.put(Facts.FROM, entry.envelope().from().toString());
    facts.put(Facts.SUBJECT, entry.facts().subject().orElse(""));
    facts.put(Facts.MESSAGE_ID, entry.facts().messageId().orElse(""));
    facts.put(Facts.SIZE, Long.toString(entry.facts().sizeBytes()));
    facts.put("helo", entry.arrival().helo());
    facts.put("user", entry.arrival().user().orElse(""));
    facts.put("tls", entry.arrival().tls().map(t -> t.protocol() + " " + t.cipher()).orElse(""));
    facts.values().removeIf(String::isEmpty);
    return facts;
  }
}

package org.spillway.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spillway.log.Escape;
import org.spillway.mail.EntryId;

/**
 * The events of one message as JSON text: {@code
 * [{"at":1764…,"kind":"plan","rcpt":["a@b"],"facts":{"site":"onprem"}}]}.
 */
final class Trail {
  /** Most characters of one text, below what a column takes. */
  static final int MOST = 29_000;

  private Trail() {}

  /** The events as texts that each fit a column, in order; at least one. */
  static List<String> write(List<TraceEvent> events) {
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder(512).append('[');
    for (TraceEvent event : events) {
      StringBuilder one = new StringBuilder(160);
      append(one, event);
      if (text.length() > 1 && text.length() + one.length() > MOST) {
        texts.add(text.append(']').toString());
        text = new StringBuilder(512).append('[');
      }
      text.append(text.length() > 1 ? "," : "").append(one);
    }
    texts.add(text.append(']').toString());
    return texts;
  }

  private static void append(StringBuilder text, TraceEvent event) {
    text.append("{\"at\":").append(event.at().toEpochMilli()).append(",\"kind\":");
    Escape.quote(text, event.kind());
    if (!event.recipients().isEmpty()) {
      text.append(",\"rcpt\":");
      char before = '[';
      for (String recipient : event.recipients()) {
        Escape.quote(text.append(before), recipient);
        before = ',';
        if (text.length() > MOST / 2) {
          break; // the rows of the recipients have them all
        }
      }
      text.append(']');
    }
    text.append(",\"facts\":{");
    boolean first = true;
    for (Map.Entry<String, String> fact : event.facts().entrySet()) {
      if (text.length() > MOST - 4_500) {
        break;
      }
      Escape.quote(first ? text : text.append(','), fact.getKey());
      Escape.quote(text.append(':'), Clean.cut(fact.getValue(), 600));
      first = false;
    }
    text.append("}}");
  }

  /** The events of a text; those that cannot be read are left out. */
  static List<TraceEvent> read(EntryId id, String text) {
    List<TraceEvent> events = new ArrayList<>();
    if (JsonText.read(text).orElse(List.of()) instanceof List<?> items) {
      items.forEach(item -> event(id, item).ifPresent(events::add));
    }
    return events;
  }

  private static Optional<TraceEvent> event(EntryId id, Object item) {
    if (!(item instanceof Map<?, ?> members
        && members.get("at") instanceof Long at
        && members.get("kind") instanceof String kind)) {
      return Optional.empty();
    }
    List<String> recipients = new ArrayList<>();
    if (members.get("rcpt") instanceof List<?> addresses) {
      addresses.forEach(a -> recipients.add(a.toString()));
    }
    Map<String, String> facts = new LinkedHashMap<>();
    if (members.get("facts") instanceof Map<?, ?> said) {
      said.forEach((key, value) -> facts.put(key.toString(), value.toString()));
    }
    return Optional.of(new TraceEvent(Instant.ofEpochMilli(at), id, kind, recipients, facts));
  }
}

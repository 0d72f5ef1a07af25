package org.spillway.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spillway.mail.EntryId;

/**
 * The events of a batch, gathered by message, so that a message that came and went within the batch
 * costs one row and one for each recipient.
 */
final class TraceBatch {
  private final Map<EntryId, Group> groups = new LinkedHashMap<>();
  private int events;

  /** Takes the next event in the order in which they happened. */
  void add(TraceEvent event) {
    groups.computeIfAbsent(event.id(), Group::new).add(event);
    events++;
  }

  int events() {
    return events;
  }

  Collection<Group> groups() {
    return groups.values();
  }

  /** The events of one message. */
  static final class Group {
    private final EntryId id;
    private final List<TraceEvent> events = new ArrayList<>(4);
    private final Map<String, Standing> latest = new LinkedHashMap<>(4);
    private Optional<TraceEvent> accepted = Optional.empty();

    private Group(EntryId id) {
      this.id = id;
    }

    private void add(TraceEvent event) {
      events.add(event);
      if (event.kind().equals("accepted")) {
        accepted = Optional.of(event);
      } else {
        Standing.of(event).ifPresent(standing -> changed(event.recipients(), standing));
      }
    }

    private void changed(List<String> whose, Standing standing) {
      if (whose.isEmpty()) {
        latest.clear();
        latest.put("", standing);
      }
      whose.forEach(address -> latest.put(AddressDigest.key(address), standing));
    }

    EntryId id() {
      return id;
    }

    List<TraceEvent> events() {
      return events;
    }

    /** The accepted event, when the message came within the batch. */
    Optional<TraceEvent> accepted() {
      return accepted;
    }

    /** The last standing of each recipient that changed, by address; the empty one is everybody. */
    Map<String, Standing> latest() {
      return latest;
    }

    /** The last standing of a recipient of a message that came within the batch. */
    Standing standing(String address, TraceEvent came) {
      Standing own = latest.get(AddressDigest.key(address));
      return own != null ? own : latest.getOrDefault("", Standing.waiting(came.at()));
    }
  }
}

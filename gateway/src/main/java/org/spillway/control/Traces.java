package org.spillway.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.spillway.mail.EntryId;
import org.spillway.store.TraceEvent;

/** What is known of messages, those that are gone among them. */
@FunctionalInterface
public interface Traces {
  /** Messages that match, newest first, at most as many as the filter says. */
  List<TraceView> find(TraceFilter filter);

  /**
   * Which messages are meant; all that is given must hold.
   *
   * @param id the message
   * @param from the sender: an address or {@code @domain}; the empty text for {@code <>}
   * @param to a recipient: an address or {@code @domain}
   * @param since accepted then or later
   * @param limit most messages, 1 to 10,000
   */
  record TraceFilter(
      Optional<EntryId> id,
      Optional<String> from,
      Optional<String> to,
      Optional<Instant> since,
      int limit) {
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      id.ifPresent(i -> text.append(' ').append(i));
      from.ifPresent(f -> text.append(" --from ").append(f.isEmpty() ? "<>" : f));
      to.ifPresent(t -> text.append(" --to ").append(t));
      since.ifPresent(s -> text.append(" --since ").append(s));
      return text.isEmpty() ? "all" : text.substring(1);
    }
  }

  /**
   * The story of one message.
   *
   * @param id its name
   * @param from the sender; empty for {@code <>}
   * @param to the recipients' addresses
   * @param events in the order of time
   */
  record TraceView(EntryId id, String from, List<String> to, List<TraceEvent> events) {
    public TraceView {
      to = List.copyOf(to);
      events = List.copyOf(events);
    }
  }
}

package org.spillway.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.spillway.mail.EntryId;

/**
 * One thing that happened to a message, as the trace shows it.
 *
 * @param at when
 * @param id which message
 * @param kind {@code accepted}, {@code plan}, {@code attempt}, {@code disposition}, {@code
 *     refused}, {@code admin}
 * @param recipients the recipients it concerns, as addresses; empty for all
 * @param facts words and values, in the order to show them
 */
public record TraceEvent(
    Instant at, EntryId id, String kind, List<String> recipients, Map<String, String> facts) {
  public TraceEvent {
    recipients = List.copyOf(recipients);
    facts = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(facts));
  }
}

package org.spillway.store;

import java.time.Instant;
import java.util.Optional;
import org.spillway.mail.EntryId;

/**
 * What to look for; every part that is present must match.
 *
 * @param id one message
 * @param from the sender's address, or {@code @domain}
 * @param to a recipient's address, or {@code @domain}
 * @param since accepted at or after
 * @param status the word of a recipient's disposition
 * @param limit most traces to give, newest first
 */
public record TraceQuery(
    Optional<EntryId> id,
    Optional<String> from,
    Optional<String> to,
    Optional<Instant> since,
    Optional<String> status,
    int limit) {

  /** The newest messages, whoever sent them. */
  public static TraceQuery newest(int limit) {
    return new TraceQuery(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        limit);
  }

  /** One message. */
  public static TraceQuery of(EntryId id) {
    return new TraceQuery(
        Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 1);
  }

  /** The same question about one sender. */
  public TraceQuery from(String address) {
    return new TraceQuery(id, Optional.of(address), to, since, status, limit);
  }

  /** The same question about one recipient. */
  public TraceQuery to(String address) {
    return new TraceQuery(id, from, Optional.of(address), since, status, limit);
  }

  /** The same question about messages accepted at or after that instant. */
  public TraceQuery since(Instant at) {
    return new TraceQuery(id, from, to, Optional.of(at), status, limit);
  }

  /** The same question about recipients that stand so. */
  public TraceQuery status(String word) {
    return new TraceQuery(id, from, to, since, Optional.of(word), limit);
  }

  /** The least id of an instant. */
  static EntryId first(Instant at) {
    long millis = Math.clamp(at.toEpochMilli(), 0, (1L << 48) - 1);
    return new EntryId(millis << 16, 0);
  }
}

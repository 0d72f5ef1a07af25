package org.spillway.store;

import java.time.Instant;
import java.util.List;
import org.spillway.mail.EntryId;

/**
 * All that is known of one message.
 *
 * @param summary the message
 * @param recipients how each recipient stands
 * @param events what happened, oldest first
 */
public record Trace(Summary summary, List<RecipientTrace> recipients, List<TraceEvent> events) {
  public Trace {
    recipients = List.copyOf(recipients);
    events = List.copyOf(events);
  }

  /**
   * The message.
   *
   * @param id its name
   * @param acceptedAt when it came in
   * @param direction {@code inbound}, {@code outbound}, {@code internal}
   * @param client the client's IP address
   * @param listener the listener's name
   * @param from the sender in lower case; empty for the null reverse-path
   * @param subject at most 200 characters
   * @param messageId the Message-ID field
   * @param sizeBytes its size
   */
  public record Summary(
      EntryId id,
      Instant acceptedAt,
      String direction,
      String client,
      String listener,
      String from,
      String subject,
      String messageId,
      long sizeBytes) {}

  /**
   * One recipient.
   *
   * @param index in the envelope
   * @param address in lower case
   * @param status the word of its disposition
   * @param site where it went, or where its outcome is unknown; else empty
   * @param spilledFrom the site where it belongs, when it was spilled; else empty
   * @param why the reason or the last reply
   * @param changedAt since when it stands so
   */
  public record RecipientTrace(
      int index,
      String address,
      String status,
      String site,
      String spilledFrom,
      String why,
      Instant changedAt) {}
}

package org.spillway.report;

import org.spillway.mail.Envelope;

/** Where a notification that we wrote goes to be delivered like any other mail. */
public interface Outbox {
  /**
   * Makes it safe and schedules it.
   *
   * @param envelope null reverse-path, the original sender as its recipient
   * @param content the message with CRLF line ends
   * @return false when it could not be made safe; the caller logs it
   */
  boolean send(Envelope envelope, byte[] content);
}

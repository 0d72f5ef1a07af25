package org.spillway.report;

import org.spillway.mail.Envelope;

/**
 * A notification, ready to be sent.
 *
 * @param envelope null reverse-path, the original sender as its recipient
 * @param content the message with CRLF line ends
 */
public record Dsn(Envelope envelope, byte[] content) {}

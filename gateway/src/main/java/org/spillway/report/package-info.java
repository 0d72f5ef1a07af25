/**
 * Messages that we write ourselves: delivery status notifications and delay notices (RFC 3464, RFC
 * 3461). In: dispositions that are final, or that wait for long; out: mail into an {@link
 * org.spillway.report.Outbox}. Read {@link org.spillway.report.DsnWriter} first.
 */
package org.spillway.report;

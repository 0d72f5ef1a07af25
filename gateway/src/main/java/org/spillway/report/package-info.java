/**
 * Messages that we write ourselves: delivery status notifications and delay notices (RFC 3464, RFC
 * 3461). Read {@code DsnWriter} first.
 */
package org.spillway.report;

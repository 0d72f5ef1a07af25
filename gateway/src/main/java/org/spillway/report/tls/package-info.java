/**
 * TLS reports (RFC 8460). Outwards: every TLS session of the courier is counted, and once a day is
 * over a report for each policy domain that publishes {@code _smtp._tls} is written, packed and
 * addressed, by mail or HTTPS; sending is not done here. Inwards: reports that others send about
 * our domains become values. Read {@link org.spillway.report.tls.TlsDesk} and {@link
 * org.spillway.report.tls.TlsIngest} first.
 */
package org.spillway.report.tls;

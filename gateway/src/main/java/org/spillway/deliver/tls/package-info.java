/**
 * The TLS policy of the courier: MTA-STS (RFC 8461), DANE (RFC 7672), REQUIRETLS (RFC 8689), and
 * the decision what a session must prove before MAIL is said. In: what the site and the message
 * demand, what DNS and HTTPS say of the destination, the certificates a peer showed; out: a {@link
 * org.spillway.deliver.tls.TlsDemand}, a {@link org.spillway.deliver.tls.TlsVerdict}, and a row for
 * each session to {@link org.spillway.deliver.tls.TlsReports}. Read {@link
 * org.spillway.deliver.tls.TlsDecision} first.
 */
package org.spillway.deliver.tls;

package org.spillway.report.tls;

import org.spillway.mail.Address;
import org.spillway.mail.Domain;

/**
 * Who we are in a TLS report.
 *
 * @param organization our name for people
 * @param submitter the domain that reports; the mail must be DKIM-signed by it (RFC 8460 §3)
 * @param from the address reports come from, and the contact in them
 */
public record TlsReporter(String organization, Domain submitter, Address from) {}

package org.spillway.report.dmarc;

import org.spillway.mail.Address;
import org.spillway.mail.Domain;

/**
 * Who we are in a report.
 *
 * @param organization our name for people
 * @param submitter the domain that reports, in subjects and file names
 * @param from the address reports come from; its domain must pass DMARC
 * @param extraContact how to reach us else, for example a web page; empty for none
 * @param generator name and version of this software
 */
public record Reporter(
    String organization, Domain submitter, Address from, String extraContact, String generator) {}

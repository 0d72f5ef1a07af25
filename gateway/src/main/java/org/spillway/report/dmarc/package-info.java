/**
 * DMARC reports (RFC 9990, RFC 9991). Outwards: each message that DMARC looked at is counted, and
 * once a period is over an aggregate report for each policy domain that asked for one is written,
 * packed and addressed; sending is not done here. Inwards: reports that others send us about our
 * domains, aggregate and failure reports, sound or damaged, become values. Read {@link
 * org.spillway.report.dmarc.ReportDesk} and {@link org.spillway.report.dmarc.DmarcIngest} first.
 */
package org.spillway.report.dmarc;

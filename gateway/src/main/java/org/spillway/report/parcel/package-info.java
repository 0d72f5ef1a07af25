/**
 * What reports travel in. In: a mail or a file that somebody sent us, gzip, zip or plain; out: what
 * lay inside, within limits, or why it was refused. And the other way: a report as a mail to send.
 * Knows nothing of what a report says. Read {@link org.spillway.report.parcel.Parcel} first, then
 * {@link org.spillway.report.parcel.ReportMail}.
 */
package org.spillway.report.parcel;

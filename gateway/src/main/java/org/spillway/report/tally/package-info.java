/**
 * Counting for reports: how often each of many different lines was seen in a period, in bounded
 * memory, kept in a file of its own between times. In: lines of text, a clock; out: each line with
 * its count when the period is over. Knows nothing of what the lines mean. Read {@link
 * org.spillway.report.tally.Tally} first, then {@link org.spillway.report.tally.TallyFile} and
 * {@link org.spillway.report.tally.ReportSchedule}.
 */
package org.spillway.report.tally;

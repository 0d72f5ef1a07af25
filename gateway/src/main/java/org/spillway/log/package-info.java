/**
 * Log lines for people and machines: one line an event, in text or JSON, cheap to write. In: events
 * as keys and values, and what java.util.logging carries; out: lines on the standard output. Read
 * {@link org.spillway.log.EventLog} first.
 */
package org.spillway.log;

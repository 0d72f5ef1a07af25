/**
 * The segment log: the spool for production. In: drafts, attempts, settlements; out: entries, and
 * the same ones after a crash.
 *
 * <p>A {@link org.spillway.spool.segment.Segment} is a file of fixed size, filled with zeros
 * beforehand and used again; records follow a header block, an index footer closes it. One thread
 * ({@code LogWriter}) appends: it drains a queue, writes once, forces once, and wakes who waits.
 * {@code Index} says where each live entry lies; {@code Recovery} builds it; {@code Keeper} cleans
 * behind. Read {@link org.spillway.spool.segment.SegmentSpool} first, then {@code LogWriter}.
 */
package org.spillway.spool.segment;

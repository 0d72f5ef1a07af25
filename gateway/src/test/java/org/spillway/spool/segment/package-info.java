/**
 * The segment log under its contract, under faults and under power cuts. Read {@link
 * org.spillway.spool.segment.FaultyDisk} first.
 */
package org.spillway.spool.segment;

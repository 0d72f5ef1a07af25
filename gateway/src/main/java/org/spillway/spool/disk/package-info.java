/**
 * The few things the spool asks of a file system, so that tests can break each of them. In: reads,
 * writes, forces; out: bytes, or the reason why not. Read {@link org.spillway.spool.disk.Disk}
 * first.
 */
package org.spillway.spool.disk;

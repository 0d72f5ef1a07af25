/**
 * The plain spool: one file a message. It is what the segment log is held against in the contract
 * tests; slower, and simple enough to be seen right. Read {@link
 * org.spillway.spool.file.FileSpool}.
 */
package org.spillway.spool.file;

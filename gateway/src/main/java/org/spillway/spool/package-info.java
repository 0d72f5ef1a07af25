/**
 * What keeps an accepted message until every recipient has its disposition. In: content streamed
 * into a {@link org.spillway.spool.Draft}, then the facts of the message; out: {@link
 * org.spillway.spool.Entry}s to deliver, also after a crash. Read {@link org.spillway.spool.Spool}
 * first.
 */
package org.spillway.spool;

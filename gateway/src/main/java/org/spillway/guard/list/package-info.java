/**
 * Who is let in or kept out by hand: addresses, networks, domains and senders with an expiry, an
 * owner and a reason. In: lines of a file, and changes at run time; out: the {@link
 * org.spillway.guard.list.ListEntry} that holds for a client or a sender. Read {@link
 * org.spillway.guard.list.AccessLists} first.
 */
package org.spillway.guard.list;

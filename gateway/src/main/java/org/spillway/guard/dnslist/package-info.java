/**
 * Lists of clients in the DNS (RFC 5782), those that warn and those that vouch. In: a client's
 * address; out: {@link org.spillway.guard.dnslist.Standing}, the sum of the lists' weights. Read
 * {@link org.spillway.guard.dnslist.DnsLists} first.
 */
package org.spillway.guard.dnslist;

/**
 * The sending side of SMTP and LMTP, without sockets: what to say next, what the replies mean. In:
 * what the peer can do and one transaction, then its replies; out: {@link
 * org.spillway.smtp.client.Want}s and an answer for each recipient. Read {@link
 * org.spillway.smtp.client.ClientDialog} first.
 */
package org.spillway.smtp.client;

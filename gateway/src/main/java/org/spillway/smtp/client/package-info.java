/**
 * The sending side of SMTP and LMTP, without sockets: what to say next, what the replies mean. Read
 * {@code ClientDialog} first.
 */
package org.spillway.smtp.client;

/**
 * SPF, whether a client may send for a domain (RFC 7208). In: client address, HELO, reverse-path
 * and the DNS; out: a {@link org.spillway.auth.spf.SpfResult} with its cause for each identity.
 * Read {@link org.spillway.auth.spf.Spf} first.
 */
package org.spillway.auth.spf;

/**
 * The servers that answer: one question to one of them over UDP or TCP, its health, and all of them
 * as one. In: a query of dnsjava and a deadline; out: a {@link org.spillway.dns.upstream.Heard}.
 * Read {@link org.spillway.dns.upstream.Upstreams} first.
 */
package org.spillway.dns.upstream;

/**
 * The Authenticated Received Chain (RFC 8617): what hops before us say of a message, verified, and
 * our own seal where one is wanted. In: header fields, the body's hashes, the DNS or a key; out: an
 * {@link org.spillway.auth.arc.ArcResult}, or the three fields of a set. Whose seals count is the
 * caller's to say. Read {@link org.spillway.auth.arc.ArcVerifier} first.
 */
package org.spillway.auth.arc;

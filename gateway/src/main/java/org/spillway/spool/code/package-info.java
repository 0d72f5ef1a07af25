/**
 * Turns what the spool keeps beside the content into compact bytes and back. In: {@link
 * org.spillway.spool.Draft.Accepted}, standings, attempts; out: bytes with a version in front, read
 * back with {@link org.spillway.spool.code.Malformed} as the only complaint. Read {@link
 * org.spillway.spool.code.AcceptedCodec} first.
 */
package org.spillway.spool.code;

/**
 * The words of mail as values: addresses, envelopes, replies, content. Nothing here does I/O or
 * knows a protocol; every other package speaks in these types. Read {@link
 * org.spillway.mail.Message} first.
 */
package org.spillway.mail;

/**
 * All methods on one message: SPF, DKIM, ARC and DMARC, in the order in which they need each other.
 * In: what the client said, the header section, the body as it streams by; out: {@link
 * org.spillway.auth.message.Authentication}, results with their causes, never a verdict. Read
 * {@link org.spillway.auth.message.MessageAuthenticator} first.
 */
package org.spillway.auth.message;

/**
 * The sockets of the receiving side, on Apache MINA: listeners, TLS, the PROXY protocol. In: {@link
 * org.spillway.smtp.mina.ListenerSettings}; out: bytes to and from a {@code Dialog}. Read {@code
 * Listener} first.
 */
package org.spillway.smtp.mina;

/**
 * The sockets of the receiving side, on Apache MINA: listeners, TLS, the PROXY protocol, timeouts.
 * In: {@link org.spillway.smtp.mina.ListenerSettings}; out: bytes to and from a {@link
 * org.spillway.smtp.server.Dialog}, which runs on a virtual thread while there is input for it.
 * Read {@link org.spillway.smtp.mina.Listener} first, then {@code Conversation}.
 */
package org.spillway.smtp.mina;

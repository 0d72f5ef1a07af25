package org.spillway.smtp.server;

import java.net.InetAddress;

/**
 * The other end of a connection, and what the listener offers it.
 *
 * @param address the client's address (after PROXY, when a listed proxy spoke)
 * @param port its port
 * @param listener name of the listener in the configuration
 * @param submission true for message submission: AUTH is offered over TLS and required (RFC 6409)
 * @param startTls true when STARTTLS is offered while the connection is clear
 */
public record Peer(
    InetAddress address, int port, String listener, boolean submission, boolean startTls) {}

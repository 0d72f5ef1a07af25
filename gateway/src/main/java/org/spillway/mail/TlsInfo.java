package org.spillway.mail;

import java.util.Optional;

/**
 * What a TLS handshake gave.
 *
 * @param protocol for example {@code TLSv1.3}
 * @param cipher the JSSE suite name
 * @param peerName subject of the verified peer certificate, when there was one
 */
public record TlsInfo(String protocol, String cipher, Optional<String> peerName) {}

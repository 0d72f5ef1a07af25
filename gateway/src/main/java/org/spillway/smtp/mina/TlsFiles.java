package org.spillway.smtp.mina;

import java.nio.file.Path;

/**
 * Our certificate.
 *
 * @param certificate PEM chain, ours first
 * @param key PEM private key (PKCS#8)
 */
public record TlsFiles(Path certificate, Path key) {}

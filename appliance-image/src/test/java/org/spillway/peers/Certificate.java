package org.spillway.peers;

import java.io.IOException;
import java.nio.file.Path;
import org.spillway.testing.Peers;

/**
 * A certificate for localhost that signs itself.
 *
 * @param chain PEM file with the certificate
 * @param key PEM file with the private key
 */
record Certificate(Path chain, Path key) {

  static Certificate in(Path folder) throws IOException, InterruptedException {
    Certificate made = new Certificate(folder.resolve("chain.pem"), folder.resolve("key.pem"));
    Command.of(
            Peers.require("openssl"),
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "30",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
            "-keyout",
            made.key(),
            "-out",
            made.chain())
        .must();
    return made;
  }
}

package org.spillway.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;

/** All that stands around the gateway in the demo: its configuration and three mail systems. */
final class DemoWorld implements AutoCloseable {
  final MailServer onPremises;
  final MailServer relay;
  final MailServer cloudMailbox;
  final Path config;

  private DemoWorld(MailServer onPremises, MailServer relay, MailServer cloudMailbox, Path config) {
    this.onPremises = onPremises;
    this.relay = relay;
    this.cloudMailbox = cloudMailbox;
    this.config = config;
  }

  /** Starts the mail systems and writes the gateway's configuration below a directory. */
  static DemoWorld start(Path directory, InstantSource clock)
      throws IOException, GeneralSecurityException {
    DemoCertificate certificate = DemoCertificate.make(clock.instant());
    MailServer onPremises = new MailServer("mail.example.com", Optional.empty());
    MailServer relay = new MailServer("relay.cloud", Optional.of(certificate.serverContext()));
    MailServer cloudMailbox = new MailServer("mailbox.cloud", Optional.empty());
    onPremises.start();
    relay.start();
    cloudMailbox.start();
    certificate.writeCertificate(directory.resolve("relay-ca.pem"));
    Files.writeString(directory.resolve("relay.password"), MailServerSession.PASSWORD);
    Path config = directory.resolve("spillway.yaml");
    Files.writeString(config, yaml(onPremises.port(), relay.port(), cloudMailbox.port()));
    return new DemoWorld(onPremises, relay, cloudMailbox, config);
  }

  private static String yaml(int onPremises, int relay, int cloudMailbox) throws IOException {
    try (InputStream text = DemoWorld.class.getResourceAsStream("spillway.yaml")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${onpremises}", Integer.toString(onPremises))
          .replace("${relay}", Integer.toString(relay))
          .replace("${cloudmailbox}", Integer.toString(cloudMailbox));
    }
  }

  @Override
  public void close() {
    onPremises.close();
    relay.close();
    cloudMailbox.close();
  }
}

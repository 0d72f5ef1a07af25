package org.spillway.demo;

import java.io.IOException;
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

  private static String yaml(int onPremises, int relay, int cloudMailbox) {
    return """
    # The demo's gateway. Its health times are far shorter than the defaults, so that the story fits
    # into a minute: probes every second, down after 3 failures, spill 2 s later, back after 3 good
    # probes over 2 s.
    node:
      name: gateway.example.com
      data: data
      http: {port: 0}
    listeners:
      smtp: {address: 127.0.0.1, port: 0, tls: none}
    networks: [127.0.0.0/8]
    domains:
      example.com: {}
      example.org: {}
    sites:
      onprem:
        kind: smtp
        hosts: ["127.0.0.1:%d"]
        directions: [inbound, internal, outbound]
        hosts-domains: [example.com, example.org]
        tls: none
        health: &demo
          failures: 3
          probe-every: 1s
          hold: 2s
          good-probes: 3
          good-for: 2s
          stable-for: 5s
          spill-after: 2s
      cloud-mailbox:
        kind: smtp
        hosts: ["127.0.0.1:%d"]
        directions: [inbound, internal]
        hosts-domains: [example.org]
        tls: none
        health: *demo
      relay:
        kind: relay
        hosts: ["localhost:%d"]
        directions: [outbound]
        tls: verify
        ca-file: relay-ca.pem
        user: spillway
        password: {file: relay.password}
        allowed-from: [example.com]
        health: *demo
    routes:
      - {direction: inbound, domains: [example.com], sites: [onprem]}
      - {direction: inbound, domains: [example.org], sites: [onprem, cloud-mailbox]}
      - {direction: outbound, sites: [onprem, relay]}
    logging: {level: warn}
    """
        .formatted(onPremises, cloudMailbox, relay);
  }

  @Override
  public void close() {
    onPremises.close();
    relay.close();
    cloudMailbox.close();
  }
}

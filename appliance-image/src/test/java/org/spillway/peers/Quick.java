package org.spillway.peers;

/** Health and retry times for tests, in YAML: a failure and a return within seconds. */
final class Quick {

  /** For a site's key {@code health}. */
  static final String HEALTH =
      "{failures: 3, probe-every: 500ms, probe-relay-every: 10s, probe-relay-down-every: 1s,"
          + " hold: 1s, good-probes: 2, good-for: 1s, stable-for: 2s, spill-after: 1s}";

  /** For the end of a configuration. */
  static final String RETRY =
      """
      retry:
        first: [1s, 2s, 3s]
        grow-from: 3s
        grow-to: 5s
        unknown-hold: 2s
      """;

  private Quick() {}

  /** A gateway for example.com in front of one SMTP server, which also sends to the world. */
  static String oneSite(int port) {
    return """
    networks: [127.0.0.0/8]
    domains:
      example.com: {}
    sites:
      onprem:
        kind: smtp
        hosts: ["127.0.0.1:%d"]
        directions: [inbound, internal, outbound]
        hosts-domains: [example.com]
        tls: none
        health: %s
    routes:
      - {direction: inbound, sites: [onprem]}
      - {direction: outbound, sites: [onprem]}
    %s
    """
        .formatted(port, HEALTH, RETRY);
  }
}

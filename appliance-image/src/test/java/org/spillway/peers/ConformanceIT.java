package org.spillway.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.spillway.testing.Peers;

/** The public SMTP scenarios, smuggling among them, against the built tree. */
final class ConformanceIT {

  private Ground ground;

  @BeforeEach
  void open() throws Exception {
    ground = new Ground(ConformanceIT.class);
  }

  @AfterEach
  void close() throws Exception {
    ground.close();
  }

  @Test
  void everyScenarioOfTheSuitePasses() throws Exception {
    Path runner = Peers.requireSuites().resolve("tools/run_smtp.py");
    int sink = Ports.free();
    Path home = ground.folder("spillway");
    Files.writeString(
        home.resolve("local.test.txt"),
        IntStream.range(0, 100)
            .mapToObj(i -> "user" + i)
            .collect(Collectors.joining("\n", "user\npostmaster\n", "\n")));
    Certificate certificate = Certificate.in(ground.folder("tls"));
    SpillwayProcess spillway = ground.keep(new SpillwayProcess(home, yaml(sink, certificate)));
    spillway.start();
    Command.Left left =
        Command.of(Peers.require("python3"), runner, "--port", spillway.port(), "--sink-port", sink)
            .run();
    System.out.println("FIGURE conformance.smtp " + left.out().lines().findFirst().orElse(""));
    System.out.println(left.out() + left.err());
    assertThat(left.out()).contains("'ok':").doesNotContain("FAIL");
    spillway.stop();
  }

  private static String yaml(int sink, Certificate certificate) {
    return """
    tls:
      certificate: %s
      key: %s
    authentication: {use: off}
    domains:
      local.test: {recipients: local.test.txt}
    sites:
      sink:
        kind: smtp
        hosts: ["127.0.0.1:%d"]
        hosts-domains: [local.test]
        tls: none
        health: %s
    routes:
      - {direction: inbound, sites: [sink]}
    %s
    """
        .formatted(certificate.chain(), certificate.key(), sink, Quick.HEALTH, Quick.RETRY);
  }
}

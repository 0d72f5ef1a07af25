package org.spillway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.spillway.config.ConfigText.good;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.mail.Secret;
import org.spillway.policy.TlsFloor;
import org.spillway.route.HostPort;
import org.spillway.route.Site;
import org.spillway.route.SiteName;

/** What must hold within one site. */
final class SiteChecksTest {
  @TempDir private Path folder;

  private static Site site(ConfigText text, String name) {
    return text.settings().sites().get(new SiteName(name));
  }

  @Test
  void hostsHaveTheStandardPortOfTheirKind() {
    ConfigText text =
        good()
            .withOwn("balance: balanced")
            .withSite(
                "relay",
                "{kind: relay, hosts: [r.example, \"r.example:2525\", \"[::1]:26\", \"::1\"]}");
    assertThat(site(text, "own").hosts()).containsExactly(new HostPort("192.0.2.10", 25));
    assertThat(site(text, "relay").hosts())
        .containsExactly(
            new HostPort("r.example", 587),
            new HostPort("r.example", 2525),
            new HostPort("::1", 26),
            new HostPort("::1", 587));
    ConfigText implicit =
        good().withSite("relay", "{kind: relay, hosts: [r.example], implicit-tls: true}");
    assertThat(site(implicit, "relay").hosts()).containsExactly(new HostPort("r.example", 465));
    assertThat(site(implicit, "relay").tls().floor()).isEqualTo(TlsFloor.VERIFY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a b\"",
        "10.0.0.256",
        "\"host:\"",
        "\"host:0\"",
        "\"host:65536\"",
        "\"[::1\"",
        "\"[10.0.0.1]:25\"",
        "\"a:b:25\"",
        "-a.example",
        "\"\""
      })
  void hostThatIsNone(String host) {
    assertThat(good().withSite("relay", "{kind: relay, hosts: [" + host + "]}").problems())
        .singleElement()
        .asString()
        .startsWith("sites.relay.hosts[0] is ")
        .contains("which is not a host; write for example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"smtp", "lmtp", "relay"})
  void kindWithoutHosts(String kind) {
    assertThat(good().withSite("x", "{kind: " + kind + ", hosts: []}").problems())
        .contains(
            "sites.x has no hosts, which kind "
                + kind
                + " needs; add hosts: [NAME] or [NAME:PORT]");
    assertThat(good().withSite("x", "{kind: " + kind + "}").problems())
        .contains(
            "sites.x has no hosts, which kind "
                + kind
                + " needs; add hosts: [NAME] or [NAME:PORT]");
  }

  @Test
  void mxWithHosts() {
    assertThat(good().withSite("x", "{kind: mx, hosts: [a.example]}").problems())
        .containsExactly(
            "sites.x.hosts stands at a site of kind mx, whose hosts the DNS names; remove it, or"
                + " set kind: smtp or relay");
  }

  @Test
  void siteWithoutKind() {
    assertThat(good().withSite("x", "{hosts: [a.example]}").problems())
        .contains("sites.x has no kind; add kind, one of smtp, lmtp, relay, mx");
  }

  @ParameterizedTest
  @ValueSource(strings = {"opportunistic", "encrypt", "verify-mx"})
  void relayIsVerified(String level) {
    assertThat(
            good()
                .withSite("r", "{kind: relay, hosts: [r.example], tls: " + level + "}")
                .problems())
        .containsExactly(
            "sites.r.tls is "
                + level
                + ", which lets anybody pose as the relay; use verify, or none for a test");
  }

  @Test
  void relayWithoutTlsOnlyWhenSaid() {
    assertThat(good().withSite("r", "{kind: relay, hosts: [r.example], tls: none}").warnings())
        .containsExactly(
            "sites.r.tls is none, so that mail goes to the relay in clear text; use verify but for"
                + " a test");
  }

  @Test
  void daneSpeaksOfMxHosts() {
    assertThat(good().withSite("x", "{kind: mx, tls: dane-or-mta-sts}").problems()).isEmpty();
    assertThat(
            good().withSite("x", "{kind: smtp, hosts: [a.test], tls: dane-or-mta-sts}").problems())
        .contains("sites.x.tls is dane-or-mta-sts, which speaks of MX hosts; use verify");
  }

  @Test
  void levelsOfMx() {
    assertThat(good().withOwn("tls: verify-mx").problems())
        .containsExactly("sites.own.tls is verify-mx, which is for kind mx; use verify");
    assertThat(good().withSite("x", "{kind: mx, tls: verify-mx}").warnings()).isEmpty();
    assertThat(good().withSite("x", "{kind: mx, tls: verify}").warnings())
        .singleElement()
        .asString()
        .startsWith("sites.x.tls is verify, and few mail hosts");
  }

  @Test
  void implicitTls() {
    assertThat(good().withSite("x", "{kind: mx, implicit-tls: true}").problems())
        .containsExactly(
            "sites.x.implicit-tls is true, and mail hosts only know STARTTLS on port 25; remove"
                + " it");
    assertThat(good().withOwn("implicit-tls: true, tls: none").problems())
        .containsExactly(
            "sites.own.implicit-tls is true, and tls is none; set tls: encrypt or tls: verify");
  }

  @Test
  void certificateThatNobodyLooksAt() {
    assertThat(good().withOwn("certificate-name: a.example, tls: encrypt").warnings())
        .containsExactly(
            "sites.own.certificate-name is of no use, since tls: encrypt looks at no certificate;"
                + " set tls: verify");
  }

  @Test
  void userAndPasswordGoTogether() {
    assertThat(good().withSite("r", "{kind: relay, hosts: [r.example], user: u}").problems())
        .containsExactly("sites.r.user stands without password; add password or remove user");
  }

  @Test
  void passwordInClearText() {
    ConfigText clear = good().knowing(Map.of("P", "secret")).withOwn("user: u, password: {env: P}");
    assertThat(clear.problems())
        .containsExactly(
            "sites.own.user logs in with tls: opportunistic, so in clear text; set tls: verify");
    ConfigText loopback =
        clear.withSite(
            "r",
            "{kind: relay, hosts: [localhost, \"::1\"], tls: none, user: u, password: {env: P}}");
    assertThat(loopback.problems()).hasSize(1);
  }

  @Test
  void passwordFromFileOrVariable() throws IOException {
    Path file = Files.writeString(folder.resolve("relay.password"), "se cret#\n");
    ConfigText text =
        good()
            .in(folder)
            .knowing(Map.of("P", "other"))
            .withSite(
                "r",
                "{kind: relay, hosts: [r.example], user: u, password: {file: relay.password}}");
    assertThat(site(text, "r").login()).contains(new Site.Login("u", Secret.of("se cret#")));
    assertThat(text.warnings())
        .allMatch(w -> w.startsWith("sites.r.password.file names " + file))
        .allMatch(w -> w.endsWith("which others may read; chmod 600 it"));
    ConfigText variable =
        text.with("sites", text.sections().get("sites").replace("file: relay.password", "env: P"));
    assertThat(site(variable, "r").login()).contains(new Site.Login("u", Secret.of("other")));
    assertThat(variable.settings().toString()).doesNotContain("other");
  }

  @Test
  void passwordThatIsNotThere() throws IOException {
    Files.writeString(folder.resolve("empty"), "\n");
    Files.writeString(folder.resolve("two"), "a\nb\n");
    String relay = "{kind: relay, hosts: [r.example], user: u, password: ";
    assertThat(good().in(folder).withSite("r", relay + "{file: gone}}").problems())
        .containsExactly(
            "sites.r.password.file names "
                + folder.resolve("gone")
                + ", which does not exist; create it or mend the path");
    assertThat(good().in(folder).withSite("r", relay + "{file: empty}}").problems())
        .containsExactly("sites.r.password.file names an empty file; write the secret into it");
    assertThat(good().in(folder).withSite("r", relay + "{file: two}}").problems())
        .containsExactly(
            "sites.r.password.file names a file of more than one line; keep only the secret in it");
    assertThat(good().in(folder).withSite("r", relay + "{env: GONE}}").problems())
        .containsExactly(
            "sites.r.password.env names GONE, which is not set; set the variable where Spillway"
                + " starts");
    assertThat(good().in(folder).withSite("r", relay + "{file: .}}").problems())
        .containsExactly(
            "sites.r.password.file names " + folder + ", which is not a file; name a file");
  }

  @Test
  void canary() {
    ConfigText relay =
        good().withSite("r", "{kind: relay, hosts: [r.example], health: {canary: a@example.com}}");
    assertThat(relay.problems())
        .containsExactly(
            "sites.r.health.canary stands at a site of kind relay, which is not ours to probe;"
                + " remove it: such sites are probed without RCPT");
    assertThat(good().withOwn("health: {canary: a@example.org}").problems())
        .containsExactly(
            "sites.own.health.canary is in example.org, which the site does not host; name a"
                + " mailbox of one of its hosts-domains");
    assertThat(good().withOwn("health: {canary: a@example.com}").problems()).isEmpty();
  }

  @Test
  void times() {
    assertThat(good().withOwn("health: {spill-after: -1s}").problems())
        .containsExactly(
            "sites.own.health.spill-after is \"-1s\", which is not a duration; write for example"
                + " 90s, 2m, 4h or 5d");
    assertThat(good().withOwn("health: {hold: 20m}").problems())
        .containsExactly("sites.own.health.hold is longer than hold-max; raise hold-max");
    assertThat(good().withOwn("health: {window-failure-ratio: 1.5}").problems())
        .containsExactly("sites.own.health.window-failure-ratio is more than 1; use at most 1");
    assertThat(good().withOwn("timeouts: {final-dot: 30s}").warnings())
        .containsExactly(
            "sites.own.timeouts.final-dot is shorter than 10 minutes, which makes duplicates at"
                + " slow servers; use 10m or more but for a test");
  }

  @Test
  void mxHostsNothing() {
    assertThat(good().withSite("x", "{kind: mx, hosts-domains: [example.com]}").problems())
        .containsExactly(
            "sites.x.hosts-domains stands at a site of kind mx, which hosts nothing of ours;"
                + " remove it");
  }

  @Test
  void lmtpOnlyDelivers() {
    assertThat(
            good()
                .withSite(
                    "store",
                    "{kind: lmtp, hosts: [192.0.2.9], hosts-domains: [example.com], directions:"
                        + " [inbound, outbound]}")
                .problems())
        .contains(
            "sites.store.directions has outbound, and LMTP only delivers into its own mailboxes;"
                + " use kind: smtp for a server that sends on");
  }
}

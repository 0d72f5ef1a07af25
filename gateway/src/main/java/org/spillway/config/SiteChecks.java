package org.spillway.config;

import java.net.InetAddress;
import java.time.Duration;
import org.spillway.mail.AddressLiteral;
import org.spillway.mail.Direction;
import org.spillway.mail.Domain;
import org.spillway.policy.TlsFloor;
import org.spillway.route.HostPort;
import org.spillway.route.Site;
import org.spillway.route.Site.Kind;

/** What must hold within one site. */
final class SiteChecks {
  private static final Duration FINAL_DOT = Duration.ofMinutes(10); // RFC 5321 §4.5.3.2.6

  private final Site site;
  private final Section section;

  SiteChecks(Site site, Section section) {
    this.site = site;
    this.section = section;
  }

  void run() {
    hosts();
    tlsLevel();
    implicitTls();
    certificate();
    login();
    domains();
    canary();
    times();
  }

  private void hosts() {
    boolean named =
        section.has("hosts")
            && !(section.table().get("hosts").value() instanceof Tree.Items items
                && items.trees().isEmpty());
    if (site.kind() == Kind.MX && named) {
      section.problem(
          "hosts",
          "stands at a site of kind mx, whose hosts the DNS names",
          "remove it, or set kind: smtp or relay");
    }
    if (site.kind() != Kind.MX && !named) {
      section
          .reading()
          .shape(
              section.pointer().child("hosts"),
              section.place("hosts"),
              section.pointer()
                  + " has no hosts, which kind "
                  + Section.word(site.kind())
                  + " needs",
              "add hosts: [NAME] or [NAME:PORT]");
    }
  }

  private void tlsLevel() {
    TlsFloor floor = site.tls().floor();
    boolean relay = site.kind() == Kind.RELAY;
    if (floor == TlsFloor.DANE_OR_MTA_STS && site.kind() != Kind.MX) {
      section.problem("tls", "is dane-or-mta-sts, which speaks of MX hosts", "use verify");
    } else if (relay && floor == TlsFloor.NONE) {
      section.warn(
          "tls",
          "is none, so that mail goes to the relay in clear text",
          "use verify but for a test");
    } else if (relay && floor != TlsFloor.VERIFY) {
      section.problem(
          "tls",
          "is " + Section.word(floor) + ", which lets anybody pose as the relay",
          "use verify, or none for a test");
    } else if (floor == TlsFloor.VERIFY_MX && site.kind() != Kind.MX) {
      section.problem("tls", "is verify-mx, which is for kind mx", "use verify");
    } else if (floor == TlsFloor.VERIFY && site.kind() == Kind.MX) {
      section.warn(
          "tls",
          "is verify, and few mail hosts carry the recipient's domain in their certificate",
          "use verify-mx or opportunistic, unless mail to all others is to wait");
    }
  }

  private void implicitTls() {
    if (!site.tls().implicit()) {
      return;
    }
    if (site.kind() == Kind.MX) {
      section.problem(
          "implicit-tls", "is true, and mail hosts only know STARTTLS on port 25", "remove it");
    } else if (site.tls().floor().compareTo(TlsFloor.ENCRYPT) < 0) {
      section.problem(
          "implicit-tls",
          "is true, and tls is " + Section.word(site.tls().floor()),
          "set tls: encrypt or tls: verify");
    }
  }

  private void certificate() {
    boolean looks = site.tls().floor().compareTo(TlsFloor.VERIFY_MX) >= 0;
    for (String key : new String[] {"ca-file", "certificate-name"}) {
      if (section.has(key) && !looks) {
        section.warn(
            key,
            "is of no use, since tls: "
                + Section.word(site.tls().floor())
                + " looks at no certificate",
            "set tls: verify");
      }
    }
    if (site.kind() == Kind.MX && section.has("certificate-name")) {
      section.problem(
          "certificate-name", "stands at a site of kind mx, which has many hosts", "remove it");
    }
  }

  private void login() {
    if (!section.has("user") || !section.has("password")) {
      return;
    }
    if (site.kind() == Kind.MX) {
      section.problem(
          "user", "stands at a site of kind mx, and strangers know no user of ours", "remove it");
    } else if (site.tls().floor().compareTo(TlsFloor.ENCRYPT) < 0 && !isLoopback()) {
      section.problem(
          "user",
          "logs in with tls: " + Section.word(site.tls().floor()) + ", so in clear text",
          "set tls: verify");
    }
  }

  private boolean isLoopback() {
    return site.hosts().stream().map(HostPort::host).allMatch(SiteChecks::isLoopback);
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || AddressLiteral.ip(host).filter(InetAddress::isLoopbackAddress).isPresent();
  }

  private void domains() {
    if (site.kind() == Kind.MX && section.has("hosts-domains")) {
      section.problem(
          "hosts-domains", "stands at a site of kind mx, which hosts nothing of ours", "remove it");
    }
    if (site.kind() == Kind.LMTP && site.directions().contains(Direction.OUTBOUND)) {
      section.problem(
          "directions",
          "has outbound, and LMTP only delivers into its own mailboxes",
          "use kind: smtp for a server that sends on");
    }
  }

  private void canary() {
    if (site.health().canary().isEmpty()) {
      return;
    }
    Section health = section.section("health");
    Domain domain = site.health().canary().get().domain();
    if (!site.isOurs()) {
      health.problem(
          "canary",
          "stands at a site of kind " + Section.word(site.kind()) + ", which is not ours to probe",
          "remove it: such sites are probed without RCPT");
    } else if (!site.hostsDomains().contains(domain)) {
      health.problem(
          "canary",
          "is in " + domain + ", which the site does not host",
          "name a mailbox of one of its hosts-domains");
    }
  }

  private void times() {
    if (site.health().hold().compareTo(site.health().holdMax()) > 0) {
      section.section("health").problem("hold", "is longer than hold-max", "raise hold-max");
    }
    if (site.timeouts().finalDot().compareTo(FINAL_DOT) < 0) {
      section
          .section("timeouts")
          .warn(
              "final-dot",
              "is shorter than 10 minutes, which makes duplicates at slow servers",
              "use 10m or more but for a test");
    }
  }
}

package org.spillway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.spillway.config.ConfigText.good;

import org.junit.jupiter.api.Test;

/** What must hold between domains, sites and routes. */
final class RouteChecksTest {
  private static final String TWO_DOMAINS = "{a.example: {}, b.example: {}}";
  private static final String TWO_HOSTS =
      "{own: {kind: smtp, hosts: [192.0.2.10], hosts-domains: [a.example, b.example]}, cloud:"
          + " {kind: smtp, hosts: [cloud.example], hosts-domains: [a.example]}, out: {kind: mx}}";

  private static ConfigText hybrid(String inbound) {
    return good()
        .with("domains", TWO_DOMAINS)
        .with("sites", TWO_HOSTS)
        .with("routes", "[" + inbound + ", {direction: outbound, sites: [out]}]");
  }

  @Test
  void theGoodOneIsGood() {
    assertThat(good().problems()).isEmpty();
    assertThat(good().warnings()).isEmpty();
  }

  @Test
  void routeToUnknownSite() {
    ConfigText text =
        good()
            .with(
                "routes",
                "[{direction: inbound, sites: [onw]}, {direction: outbound, sites: [out]}]");
    assertThat(text.problems())
        .containsExactly("routes[0].sites names onw, which is no site; did you mean \"own\"?");
  }

  @Test
  void siteTwiceInARoute() {
    assertThat(hybrid("{direction: inbound, sites: [own, own]}").problems())
        .contains("routes[0].sites is naming something twice; keep one of each");
  }

  @Test
  void inboundSpillToAMereRelay() {
    ConfigText text =
        good()
            .withSite("relay", "{kind: relay, hosts: [relay.example]}")
            .with(
                "routes",
                "[{direction: inbound, sites: [own, relay]}, {direction: outbound, sites: [out]}]");
    assertThat(text.problems())
        .containsExactly(
            "routes[0] sends inbound mail to relay, a mere relay: it would look up the MX of"
                + " example.com and send it straight back; remove it, so that mail waits here, or"
                + " add hosts-domains to it if the mailboxes are there");
  }

  @Test
  void inboundToARelayThatHostsTheDomain() {
    ConfigText text =
        good()
            .withSite(
                "tenant",
                "{kind: relay, hosts: [relay.example], directions: [inbound], hosts-domains:"
                    + " [example.com]}")
            .with(
                "routes",
                "[{direction: inbound, sites: [own, tenant]}, {direction: outbound, sites:"
                    + " [out]}]");
    assertThat(text.problems()).isEmpty();
  }

  @Test
  void inboundToASiteThatHostsNothing() {
    ConfigText text =
        good().with("sites", "{own: {kind: smtp, hosts: [192.0.2.10]}, out: {kind: mx}}");
    assertThat(text.problems())
        .containsExactly(
            "routes[0] sends inbound mail to own, which hosts no domain of ours; add hosts-domains:"
                + " [example.com] to sites.own");
  }

  @Test
  void inboundFirstToASiteThatHostsOtherDomains() {
    assertThat(hybrid("{direction: inbound, sites: [cloud, own]}").problems())
        .containsExactly(
            "routes[0] sends mail for b.example first to cloud, which does not host it; add it to"
                + " sites.cloud.hosts-domains, or give it a route of its own");
  }

  @Test
  void inboundSpillToASiteThatHostsNoneOfTheRoute() {
    ConfigText text =
        hybrid(
            "{direction: inbound, domains: [b.example], sites: [own, cloud]}, {direction: inbound,"
                + " sites: [own]}");
    assertThat(text.problems())
        .containsExactly(
            "routes[0] spills mail for b.example to cloud, which does not host it; remove it, so"
                + " that mail waits here, or add it to sites.cloud.hosts-domains if the mailboxes"
                + " are there");
  }

  @Test
  void inboundSpillToASiteThatHostsSomeOfTheRoute() {
    assertThat(hybrid("{direction: inbound, sites: [own, cloud]}").warnings()).isEmpty();
    assertThat(
            hybrid("{direction: inbound, domains: [a.example, b.example], sites: [own, cloud]}")
                .warnings())
        .containsExactly(
            "routes[0].sites: mail for b.example does not spill to cloud, which does not host it;"
                + " give it a route of its own to say so");
  }

  @Test
  void siteThatDoesNotCarryTheDirection() {
    ConfigText text =
        good()
            .with(
                "routes",
                "[{direction: inbound, sites: [own]}, {direction: outbound, sites: [out, own]}]");
    assertThat(text.problems())
        .containsExactly(
            "routes[1] is outbound, and own carries only inbound, internal; add it to"
                + " sites.own.directions");
  }

  @Test
  void internalMailNeedsASite() {
    assertThat(good().withOwn("directions: [inbound]").problems())
        .containsExactly(
            "routes[0] takes internal mail too, and none of its sites carries internal; add it to"
                + " directions of a site, or add a route {direction: internal, …}");
    assertThat(good().withOwn("directions: [inbound]").without("networks").problems()).isEmpty();
  }

  @Test
  void outboundToLmtp() {
    ConfigText text =
        good().withSite("store", "{kind: lmtp, hosts: [192.0.2.11], hosts-domains: [example.com]}");
    assertThat(text.problems())
        .containsExactly(
            "routes[1] sends outbound mail to store, and LMTP only delivers to mailboxes; use a"
                + " site of kind relay, mx or smtp");
  }

  @Test
  void domainWithoutRoute() {
    assertThat(good().with("routes", "[{direction: outbound, sites: [out]}]").problems())
        .containsExactly(
            "no route takes mail for example.com; add {direction: inbound, domains: [example.com],"
                + " sites: [SITE]} to routes");
  }

  @Test
  void worldWithoutRoute() {
    assertThat(good().with("routes", "[{direction: inbound, sites: [own]}]").problems())
        .containsExactly(
            "no route takes mail to the world, and networks or users may send it; add {direction:"
                + " outbound, sites: [SITE]} to routes");
    assertThat(
            good()
                .with("routes", "[{direction: inbound, sites: [own]}]")
                .without("networks")
                .warnings())
        .containsExactly("no route uses the site out; add it to a route or remove it");
  }

  @Test
  void nothingComesIn() {
    ConfigText text =
        good().without("networks").without("domains").without("sites").without("routes");
    assertThat(text.warnings())
        .containsExactly(
            "all mail would be refused: there are no domains, networks or users; add domains for"
                + " inbound mail, networks for outbound");
  }

  @Test
  void routeForUnknownDomain() {
    ConfigText text = hybrid("{direction: inbound, domains: [a.exampel, b.example], sites: [own]}");
    assertThat(text.problems())
        .contains(
            "routes[0].domains names a.exampel, which is not one of the domains; did you mean"
                + " \"a.example\"?");
  }

  @Test
  void routeForAnAliasDomain() {
    ConfigText text =
        good()
            .with("domains", "{example.com: {}, example.org: {alias-of: example.com}}")
            .with(
                "routes",
                "[{direction: inbound, domains: [example.org], sites: [own]}, {direction: inbound,"
                    + " sites: [own]}, {direction: outbound, sites: [out]}]");
    assertThat(text.problems())
        .containsExactly(
            "routes[0].domains names example.org, whose mail goes as that of example.com; name"
                + " example.com instead");
  }

  @Test
  void outboundRouteForADomainOfOurs() {
    ConfigText text =
        good()
            .with(
                "routes",
                "[{direction: inbound, sites: [own]}, {direction: outbound, domains:"
                    + " [example.com], sites: [out]}, {direction: outbound, sites: [out]}]");
    assertThat(text.problems())
        .containsExactly(
            "routes[1].domains names example.com, which is ours, so never outbound; remove it");
  }

  @Test
  void routeThatIsNeverReached() {
    ConfigText text =
        hybrid(
            "{direction: inbound, sites: [own]}, {direction: inbound, domains: [a.example], sites:"
                + " [own, cloud]}");
    assertThat(text.warnings())
        .containsExactly(
            "routes[1] is never used: routes above it match first; move it up or remove it");
  }

  @Test
  void largestMessageFitsNoSite() {
    ConfigText text = good().withOwn("limits: {size: 10MiB}");
    assertThat(text.warnings())
        .containsExactly(
            "routes[0].sites takes messages up to 10MiB, and larger ones come in and bounce; set"
                + " limits.size to 10MiB, or add a site that takes more");
    assertThat(text.with("limits", "{size: 10MiB}").warnings()).isEmpty();
  }

  @Test
  void hostedDomainThatIsNotOurs() {
    ConfigText text =
        good()
            .with(
                "sites",
                "{own: {kind: smtp, hosts: [192.0.2.10], hosts-domains: [example.com,"
                    + " other.test]}, out: {kind: mx}}");
    assertThat(text.problems())
        .containsExactly(
            "sites.own.hosts-domains names other.test, which is not one of the domains; add it to"
                + " domains");
  }
}

package org.spillway.route;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.spillway.mail.Direction;
import org.spillway.mail.Domain;
import org.spillway.policy.TlsFloor;

/** Sites for tests: a few words each, the rest by default. */
public final class SampleSite {
  private final SiteName name;
  private final Site.Kind kind;
  private List<HostPort> hosts;
  private Site.Balance balance = Site.Balance.ORDERED;
  private TlsFloor floor = TlsFloor.NONE;
  private Optional<String> region = Optional.empty();
  private Set<String> agreements = Set.of();
  private Set<Direction> directions = Set.of(Direction.values());
  private Set<Domain> hosted = Set.of();
  private Set<Domain> allowedFrom = Set.of();
  private boolean nullSender = true;
  private SiteLimits limits = SiteLimits.DEFAULT;
  private HealthSettings health = HealthSettings.DEFAULT;

  private SampleSite(String name, Site.Kind kind) {
    this.name = new SiteName(name);
    this.kind = kind;
    this.hosts =
        kind == Site.Kind.MX ? List.of() : List.of(new HostPort(name + ".example.net", 25));
  }

  public static SampleSite pool(String name) {
    return new SampleSite(name, Site.Kind.SMTP);
  }

  public static SampleSite relay(String name) {
    return new SampleSite(name, Site.Kind.RELAY).only(Direction.OUTBOUND);
  }

  public static SampleSite mx(String name) {
    return new SampleSite(name, Site.Kind.MX).only(Direction.OUTBOUND);
  }

  public SampleSite hosts(String... names) {
    hosts = java.util.Arrays.stream(names).map(n -> new HostPort(n, 25)).toList();
    return this;
  }

  public SampleSite balance(Site.Balance next) {
    balance = next;
    return this;
  }

  public SampleSite tls(TlsFloor next) {
    floor = next;
    return this;
  }

  public SampleSite region(String next) {
    region = Optional.of(next);
    return this;
  }

  public SampleSite agreement(String next) {
    agreements = Set.of(next);
    return this;
  }

  public SampleSite only(Direction next) {
    directions = Set.of(next);
    return this;
  }

  public SampleSite hosting(String domain) {
    hosted = Set.of(new Domain(domain));
    return this;
  }

  public SampleSite sendsFor(String domain) {
    allowedFrom = Set.of(new Domain(domain));
    return this;
  }

  public SampleSite refusesNullSender() {
    nullSender = false;
    return this;
  }

  public SampleSite limits(SiteLimits next) {
    limits = next;
    return this;
  }

  public SampleSite size(long bytes) {
    return limits(
        new SiteLimits(
            OptionalLong.of(bytes),
            100,
            20,
            1000,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty()));
  }

  public SampleSite health(HealthSettings next) {
    health = next;
    return this;
  }

  public Site site() {
    return new Site(
        name,
        kind,
        hosts,
        balance,
        new Site.Tls(floor, false, Optional.empty(), Optional.empty()),
        Optional.empty(),
        region,
        agreements,
        directions,
        hosted,
        allowedFrom,
        nullSender,
        Optional.empty(),
        Optional.empty(),
        true,
        limits,
        Site.ClientTimeouts.DEFAULT,
        health);
  }
}

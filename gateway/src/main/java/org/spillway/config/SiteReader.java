package org.spillway.config;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.spillway.mail.Direction;
import org.spillway.mail.Secret;
import org.spillway.policy.TlsFloor;
import org.spillway.route.HealthSettings;
import org.spillway.route.HostPort;
import org.spillway.route.Site;
import org.spillway.route.Site.Kind;
import org.spillway.route.SiteLimits;
import org.spillway.route.SiteName;

/** {@code sites}. */
final class SiteReader {
  private static final Form<Direction> DIRECTION = Section.words(Direction.class);
  private static final Form<String> WORD =
      new Form<>("a name", "baa", t -> t.isBlank() ? Optional.empty() : Optional.of(t));
  private static final Form<String> VARIABLE =
      new Form<>("a variable's name", "RELAY_PASSWORD", t -> Optional.of(t));

  private final Section root;

  SiteReader(Section root) {
    this.root = root;
  }

  /** By name in the file's order, without those that have no name or kind. */
  Map<SiteName, Sourced<Site>> sites() {
    Map<SiteName, Sourced<Site>> all = new LinkedHashMap<>();
    root.named("sites")
        .forEach(
            (text, section) -> {
              Optional<SiteName> name = Form.SITE.parse().apply(text);
              Optional<Kind> kind = section.required("kind", Section.words(Kind.class));
              if (name.isPresent() && kind.isPresent()) {
                Site site = site(name.get(), kind.get(), section);
                all.put(name.get(), new Sourced<>(site, section));
                new SiteChecks(site, section).run();
              }
            });
    return all;
  }

  private static Site site(SiteName name, Kind kind, Section s) {
    Site.Tls tls = tls(kind, s);
    return new Site(
        name,
        kind,
        hosts(kind, tls, s),
        s.choice("balance", Site.Balance.class).orElse(Site.Balance.ORDERED),
        tls,
        login(s),
        s.text("region"),
        Set.copyOf(s.list("agreements", WORD)),
        directions(kind, s),
        Set.copyOf(s.list("hosts-domains", Form.DOMAIN)),
        Set.copyOf(s.list("allowed-from", Form.DOMAIN)),
        s.flag("null-sender", true),
        s.value("source-address", Form.IP),
        s.value("helo", Form.HOST_NAME),
        s.flag("prefer-ipv4", false),
        limits(s.section("limits")),
        timeouts(s.section("timeouts")),
        health(s.section("health")));
  }

  private static List<HostPort> hosts(Kind kind, Site.Tls tls, Section s) {
    int port =
        switch (kind) {
          case SMTP, MX -> 25;
          case LMTP -> 24;
          case RELAY -> tls.implicit() ? 465 : 587;
        };
    return s.list("hosts", Form.hostPort(port));
  }

  private static Set<Direction> directions(Kind kind, Section s) {
    List<Direction> named = s.list("directions", DIRECTION);
    if (!named.isEmpty()) {
      return EnumSet.copyOf(named);
    }
    return switch (kind) {
      case SMTP, LMTP -> EnumSet.of(Direction.INBOUND, Direction.INTERNAL);
      case RELAY, MX -> EnumSet.of(Direction.OUTBOUND);
    };
  }

  private static Site.Tls tls(Kind kind, Section s) {
    TlsFloor standard = kind == Kind.RELAY ? TlsFloor.VERIFY : TlsFloor.OPPORTUNISTIC;
    Optional<Path> authorities = s.file("ca-file");
    authorities.ifPresent(file -> NamedFiles.certificates(s, "ca-file", file));
    return new Site.Tls(
        s.choice("tls", TlsFloor.class).orElse(standard),
        s.flag("implicit-tls", false),
        authorities,
        s.value("certificate-name", Form.HOST_NAME));
  }

  private static Optional<Site.Login> login(Section s) {
    Optional<String> user = s.text("user");
    if (s.has("user") != s.has("password")) {
      String there = s.has("user") ? "user" : "password";
      String gone = s.has("user") ? "password" : "user";
      s.problem(there, "stands without " + gone, "add " + gone + " or remove " + there);
      return Optional.empty();
    }
    if (user.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Site.Login(user.get(), secret(s.section("password"))));
  }

  private static Secret secret(Section s) {
    boolean both = s.has("file") && s.has("env");
    if (both || !s.hasAny("file", "env")) {
      s.reading()
          .shape(
              s.pointer(),
              s.place(),
              s.pointer() + (both ? " has both file and env" : " has neither file nor env"),
              "write {file: PATH} or {env: NAME}");
      return Secret.of("");
    }
    return s.has("file") ? fromFile(s) : fromVariable(s);
  }

  private static Secret fromFile(Section s) {
    Optional<String> text =
        s.file("file")
            .flatMap(file -> NamedFiles.secretText(s, "file", file))
            .map(t -> t.replaceFirst("\\r?\\n$", ""));
    text.filter(String::isEmpty)
        .ifPresent(t -> s.problem("file", "names an empty file", "write the secret into it"));
    text.filter(t -> t.chars().anyMatch(Character::isISOControl))
        .ifPresent(
            t ->
                s.problem(
                    "file", "names a file of more than one line", "keep only the secret in it"));
    return Secret.of(text.orElse(""));
  }

  private static Secret fromVariable(Section s) {
    Optional<String> name = s.value("env", VARIABLE);
    Optional<String> value = name.flatMap(s.reading()::variable).filter(v -> !v.isEmpty());
    if (name.isPresent() && value.isEmpty()) {
      s.reading()
          .missing(
              s.place("env"),
              s.path("env") + " names " + Quoted.key(name.get()) + ", which is not set",
              "set the variable where Spillway starts");
    }
    return Secret.of(value.orElse(""));
  }

  private static SiteLimits limits(Section s) {
    SiteLimits d = SiteLimits.DEFAULT;
    return new SiteLimits(
        s.size("size"),
        s.number("recipients-per-transaction", d.recipientsPerTransaction()),
        s.number("connections", d.connections()),
        s.number("messages-per-connection", d.messagesPerConnection()),
        s.longs("messages-per-second"),
        s.longs("recipients-per-second"),
        s.longs("recipients-per-day"));
  }

  private static Site.ClientTimeouts timeouts(Section s) {
    Site.ClientTimeouts d = Site.ClientTimeouts.DEFAULT;
    return new Site.ClientTimeouts(
        s.duration("connect", d.connect()),
        s.duration("greeting", d.greeting()),
        s.duration("command", d.command()),
        s.duration("data", d.data()),
        s.duration("block", d.block()),
        s.duration("final-dot", d.finalDot()),
        s.duration("idle", d.idle()));
  }

  private static HealthSettings health(Section s) {
    HealthSettings d = HealthSettings.DEFAULT;
    return new HealthSettings(
        s.number("failures", d.failures()),
        s.duration("window", d.window()),
        s.number("window-attempts", d.windowAttempts()),
        s.ratio("window-failure-ratio", d.windowFailureRatio()),
        s.duration("probe-every", d.probeEvery()),
        s.duration("probe-relay-every", d.probeRelayEvery()),
        s.duration("probe-relay-down-every", d.probeRelayDownEvery()),
        s.duration("hold", d.hold()),
        s.duration("hold-max", d.holdMax()),
        s.number("good-probes", d.goodProbes()),
        s.duration("good-for", d.goodFor()),
        s.duration("stable-for", d.stableFor()),
        s.duration("spill-after", d.spillAfter()),
        s.value("canary", Form.ADDRESS));
  }
}

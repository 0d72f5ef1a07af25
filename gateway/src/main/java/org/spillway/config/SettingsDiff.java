package org.spillway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a reload changes: the parts that take effect at once, and those that wait for a restart.
 *
 * @param live keys whose change takes effect at once, with no session dropped
 * @param restart changes that need a restart, each in a sentence with its mend
 * @param settings what to go on with: the new settings, with the old ones where a restart is needed
 */
public record SettingsDiff(List<String> live, List<NeedsRestart> restart, Settings settings) {
  public SettingsDiff {
    live = List.copyOf(live);
    restart = List.copyOf(restart);
  }

  /**
   * A change that waits for a restart.
   *
   * @param key in the configuration
   * @param what why it waits
   * @param mend what to do
   */
  public record NeedsRestart(String key, String what, String mend) {
    @Override
    public String toString() {
      return key + " " + what + "; " + mend;
    }
  }

  /** A part of the settings that can be compared. */
  private record Part(String key, Function<Settings, Object> value) {}

  private static final List<Part> LIVE =
      List.of(
          new Part("node.postmaster", s -> s.node().postmaster()),
          new Part("tls", Settings::tls),
          new Part("submission.accounts", Settings::accounts),
          new Part("networks", s -> s.admission().networks()),
          new Part("domains", s -> s.admission().domains()),
          new Part("sites", Settings::sites),
          new Part("routes", Settings::routes),
          new Part("limits", s -> List.of(s.limits(), s.admission().maxReceivedHops())),
          new Part("authentication", s -> s.admission().authentication()),
          new Part("guard", s -> List.of(s.admission().guard(), s.admission().monitored())),
          new Part("retry", Settings::retry),
          new Part("replies", Settings::replies),
          new Part("logging.level", s -> s.logging().level()));

  private static final List<Part> RESTART =
      List.of(
          new Part("node.name", s -> s.node().name()),
          new Part("node.data", s -> s.node().dataDirectory()),
          new Part("node.dns", s -> s.node().dnsServers()),
          new Part("dnssec", s -> s.node().dnssec()),
          new Part("node.http", s -> List.of(s.node().httpAddress(), s.node().httpPort())),
          new Part("listeners", Settings::listeners),
          new Part("spool", Settings::spool),
          new Part("database", Settings::database),
          new Part("reports", Settings::reports),
          new Part("logging.format", s -> s.logging().format()));

  /** Compares what runs with what was read anew. */
  public static SettingsDiff reloadable(Settings old, Settings fresh) {
    List<NeedsRestart> restart = new ArrayList<>();
    for (String key : changed(RESTART, old, fresh)) {
      restart.add(
          new NeedsRestart(
              key, "is fixed while the node runs", "restart Spillway, or put back the old value"));
    }
    List<String> live = new ArrayList<>(changed(LIVE, old, fresh));
    if (!tlsStays(old, fresh)) {
      live.remove("tls");
      restart.add(
          new NeedsRestart(
              "tls",
              "comes or goes only at a start",
              "restart Spillway, or put back the old value"));
    }
    return new SettingsDiff(live, restart, merged(old, fresh));
  }

  private static boolean tlsStays(Settings old, Settings fresh) {
    return old.tls().isPresent() == fresh.tls().isPresent();
  }

  private static List<String> changed(List<Part> parts, Settings old, Settings fresh) {
    return parts.stream()
        .filter(p -> !p.value().apply(old).equals(p.value().apply(fresh)))
        .map(Part::key)
        .toList();
  }

  private static Settings merged(Settings old, Settings fresh) {
    Settings.Node was = old.node();
    Settings.Node node =
        new Settings.Node(
            was.name(),
            was.dataDirectory(),
            fresh.node().postmaster(),
            was.dnsServers(),
            was.dnssec(),
            was.httpAddress(),
            was.httpPort());
    return new Settings(
        node,
        old.listeners(),
        tlsStays(old, fresh) ? fresh.tls() : old.tls(),
        fresh.accounts(),
        fresh.admission(),
        fresh.sites(),
        fresh.routes(),
        fresh.limits(),
        fresh.retry(),
        fresh.replies(),
        old.spool(),
        old.database(),
        new Settings.Logging(old.logging().format(), fresh.logging().level()),
        old.reports());
  }

  /** True when nothing differs. */
  public boolean isEmpty() {
    return live.isEmpty() && restart.isEmpty();
  }

  /** True when everything that differs takes effect at once. */
  public boolean isLive() {
    return restart.isEmpty();
  }
}

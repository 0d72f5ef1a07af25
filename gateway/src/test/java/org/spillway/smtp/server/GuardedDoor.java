package org.spillway.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.spillway.admit.AdmissionSettings;
import org.spillway.admit.HostedDomain;
import org.spillway.admit.RoutedAdmission;
import org.spillway.config.Config;
import org.spillway.guard.Guard;
import org.spillway.guard.Home;
import org.spillway.guard.KnownSenders;
import org.spillway.guard.ReverseNames;
import org.spillway.metrics.Metrics;
import org.spillway.route.LoopGuard;
import org.spillway.testing.FakeDns;

/** The world of a dialog file behind the real admission, whose guard its header configures. */
public final class GuardedDoor implements AutoCloseable {
  private static final String CONFIGURATION =
      """
      node: {name: mx.example.com, data: .}
      listeners: {mx: {port: 25 LISTENER}}
      networks: [10.0.0.0/8]
      domains: {example.com: {}}
      sites: {own: {kind: smtp, hosts: [192.0.2.10], hosts-domains: [example.com]}, out: {kind: mx}}
      routes: [{direction: inbound, sites: [own]}, {direction: outbound, sites: [out]}]
      guard: GUARD
      """;

  /** What was counted, by name without {@code spillway_} and label values, with spaces. */
  public final Map<String, Integer> counts = new ConcurrentHashMap<>();

  /** The world's context with the real admission. */
  public final DialogContext context;

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Guard guard;

  /** Files that the header names go to the directory. */
  public GuardedDoor(Path data, Map<String, String> header, DialogWorld world) throws IOException {
    AdmissionSettings settings = settings(data, header);
    Home home =
        new Home(
            "mx.example.com",
            settings.domains().stream().map(HostedDomain::name).collect(Collectors.toSet()),
            settings.networks(),
            Set.of("submission"));
    FakeDns dns = new FakeDns();
    dns.zone(header.getOrDefault("zone", "").replace(';', '\n'));
    ReverseNames names = ReverseNames.through(dns);
    guard =
        Guard.open(
            settings.guard(),
            home,
            new Guard.World(dns, names, KnownSenders.NONE, () -> world.now, metrics(), data));
    camel.start();
    RoutedAdmission.Around around =
        new RoutedAdmission.Around(
            "mx.example.com", new LoopGuard(new byte[32]), guard, () -> world.now, metrics());
    DialogContext c = world.context;
    context =
        new DialogContext(
            c.hostName(),
            c.postmasterDomain(),
            RoutedAdmission.in(camel, settings, Optional.empty(), around),
            c.spool(),
            c.watch(),
            c.accounts(),
            c.accepted(),
            c.limits(),
            c.budget(),
            c.metrics(),
            c.clock(),
            c.chance());
  }

  private static AdmissionSettings settings(Path data, Map<String, String> header)
      throws IOException {
    for (Map.Entry<String, String> entry : header.entrySet()) {
      if (entry.getKey().startsWith("file-")) {
        String lines = entry.getValue().replace(";", "\n");
        Files.writeString(data.resolve(entry.getKey().substring("file-".length())), lines);
      }
    }
    String text =
        CONFIGURATION
            .replace("LISTENER", header.getOrDefault("listener-keys", ""))
            .replace("GUARD", header.getOrDefault("guard", "{}"));
    Config.Result result =
        Config.parse(text, data.resolve("spillway.yaml"), Map.of(), Config.MissingFiles.REFUSE);
    assertThat(result).isInstanceOf(Config.Loaded.class);
    return ((Config.Loaded) result).settings().admission();
  }

  private Metrics metrics() {
    return new Metrics() {
      @Override
      public void count(String name, String... labels) {
        StringBuilder key = new StringBuilder(name.replace("spillway_", ""));
        for (int i = 1; i < labels.length; i += 2) {
          key.append(' ').append(labels[i]);
        }
        counts.merge(key.toString(), 1, Integer::sum);
      }

      @Override
      public void time(String name, Duration took, String... labels) {}

      @Override
      public void gauge(String name, DoubleSupplier value, String... labels) {}
    };
  }

  @Override
  public void close() {
    camel.stop();
    guard.close();
  }
}

package org.spillway.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.spillway.Gateway;
import org.spillway.config.Config;
import org.spillway.config.Settings;
import org.spillway.log.EventLog;
import org.spillway.log.LineSink;
import org.spillway.log.LogForm;
import org.spillway.log.LogSetup;
import org.spillway.route.Health;
import org.spillway.route.SiteBoard;
import org.spillway.route.SiteName;
import org.spillway.route.Ticker;

/**
 * The story: mail flows, the mail server on the premises dies, outbound mail spills to the relay,
 * one inbound domain goes to its second home and the other waits; the server comes back, and so
 * does the mail. At the end a table, and whether anything was lost.
 */
public final class Demo {
  private static final Duration BETWEEN = Duration.ofMillis(25);
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final Duration OUTAGE = Duration.ofSeconds(8);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final SiteName ON_PREMISES = new SiteName("onprem");

  private final PrintWriter out;
  private final InstantSource clock;
  private final Ticker ticker = System::nanoTime;
  private DemoWorld world;
  private Sender sender;
  private Gateway gateway;
  private long began;
  private LogSetup levels; // held, so that the levels last

  /** A demo that tells its story there. */
  public Demo(PrintWriter out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  /**
   * Tells the story.
   *
   * @param once true to end after the table, false to go on until the process is stopped
   * @return false when mail was lost or came twice
   */
  public boolean run(boolean once) throws Exception {
    Path directory = Files.createTempDirectory("spillway-demo-");
    world = DemoWorld.start(directory, clock);
    OutputStream logFile = Files.newOutputStream(directory.resolve("gateway.log"));
    LineSink sink = new LineSink(logFile);
    EventLog log = new EventLog(sink, LogForm.TEXT, clock);
    levels = LogSetup.install(log, "info");
    gateway = start(log);
    try (Sender sending = new Sender(gateway.port("smtp").orElseThrow())) {
      sender = sending;
      introduce();
      boolean good = tell();
      if (!once) {
        say("The gateway goes on until Ctrl-C; try it: spillway site list -c %s", world.config);
        new CountDownLatch(1).await();
      }
      return good;
    } finally {
      gateway.stop();
      world.close();
      sink.close();
      logFile.close();
    }
  }

  private Gateway start(EventLog log) throws IOException {
    Config.Result read = Config.load(world.config, Map.of());
    Settings settings =
        switch (read) {
          case Config.Loaded loaded -> loaded.settings();
          case Config.Invalid invalid -> throw new IOException(invalid.problems().toString());
        };
    Gateway starting =
        new Gateway(
            settings,
            new Gateway.Host(
                () -> Config.load(world.config, Map.of()), log, levels::level, "demo"));
    starting.start();
    return starting;
  }

  private void introduce() {
    say("Spillway demo. Everything runs here, on free ports of 127.0.0.1:");
    say("  gateway            %d   (configuration: %s)", sender.port(), world.config);
    say("  log                %s", world.config.resolveSibling("gateway.log"));
    say("  health, metrics    http://127.0.0.1:%d/metrics", gateway.httpPort());
    say("  on the premises    %d   hosts example.com and example.org, way out", port(0));
    say("  cloud relay        %d   TLS and AUTH, for outbound mail", port(1));
    say("  cloud mailbox      %d   a second home of example.org", port(2));
    say("Health times are short here (down after 3 failures, spill 2 s later); the defaults are");
    say("minutes, so that a hiccup moves nothing.");
    say("");
  }

  private int port(int which) {
    return switch (which) {
      case 0 -> world.onPremises.port();
      case 1 -> world.relay.port();
      default -> world.cloudMailbox.port();
    };
  }

  private boolean tell() throws Exception {
    began = ticker.nanos();
    Watch watch = new Watch(ticker, this::progress);
    say("Mail flows: outbound, inbound for example.com, inbound for example.org.");
    sender.start(BETWEEN);
    watch.pass(QUIET);

    say("");
    say("The mail server on the premises is killed.");
    world.onPremises.kill();
    int relayBefore = world.relay.count();
    Duration detected = watch.until(this::isDown, PATIENCE);
    say("  detected after %s: %s", seconds(detected), why());
    Duration spilled = watch.until(() -> world.relay.count() > relayBefore, PATIENCE);
    Duration firstSpill = detected.plus(spilled);
    say("  first message spilled to the relay after %s", seconds(firstSpill));
    watch.pass(OUTAGE);
    long waited = waiting();
    say("  example.com has no second home: %d messages wait here, safe, with that reason", waited);

    say("");
    say("The mail server is back.");
    int localBefore = world.onPremises.count();
    world.onPremises.start();
    Duration returned = watch.until(() -> world.onPremises.count() > localBefore, PATIENCE);
    say("  the canary message arrived after %s", seconds(returned));
    watch.pass(QUIET);
    sender.close();
    Duration drained = watch.until(() -> score().outstanding() == 0, PATIENCE);
    say("  the backlog is gone %s after the last message was sent", seconds(drained));
    return table(new Times(detected, firstSpill, returned, waited));
  }

  private record Times(Duration detected, Duration firstSpill, Duration returned, long waited) {}

  private boolean table(Times times) {
    Score score = score();
    say("");
    row("accepted (got a 250)", score.accepted());
    row("delivered on the premises", score.local());
    row("spilled to the cloud relay", score.spilled());
    row("delivered to the second home", score.secondHome());
    row("waited here during the outage", times.waited());
    row("refused", sender.refused());
    row("lost", score.lost());
    row("duplicates", score.duplicates());
    say("  %-34s %8s", "outage detected after", seconds(times.detected()));
    say("  %-34s %8s", "first message spilled after", seconds(times.firstSpill()));
    say("  %-34s %8s", "first local delivery after return", seconds(times.returned()));
    say("");
    return score.lost() == 0 && score.duplicates() == 0;
  }

  private void row(String what, long count) {
    say("  %-34s %8d", what, count);
  }

  private Score score() {
    return Score.of(world, sender);
  }

  private boolean isDown() {
    return onPremises().health() instanceof Health.Down;
  }

  private String why() {
    return onPremises().health().why();
  }

  private SiteBoard.SiteStatus onPremises() {
    return gateway.sites().statuses().stream()
        .filter(status -> status.site().equals(ON_PREMISES))
        .findFirst()
        .orElseThrow();
  }

  private long waiting() {
    return gateway.queue().sites().stream().mapToLong(row -> row.waiting()).sum();
  }

  private void progress() {
    String health = onPremises().health().getClass().getSimpleName();
    say(
        "  %3ds  accepted %4d | premises %4d  relay %4d  second home %4d  waiting %4d | premises is"
            + " %s",
        Duration.ofNanos(ticker.nanos() - began).toSeconds(),
        sender.accepted().size(),
        world.onPremises.count(),
        world.relay.count(),
        world.cloudMailbox.count(),
        waiting(),
        health);
  }

  private static String seconds(Duration time) {
    return "%.1f s".formatted(time.toMillis() / 1000.0);
  }

  private void say(String line, Object... values) {
    out.println(line.formatted(values));
    out.flush();
  }
}

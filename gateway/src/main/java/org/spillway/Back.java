package org.spillway;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.spillway.config.Settings;
import org.spillway.deliver.Delivering;
import org.spillway.deliver.Queue;
import org.spillway.deliver.ThreadPace;
import org.spillway.deliver.Times;
import org.spillway.deliver.courier.CourierWorld;
import org.spillway.deliver.courier.ReplyRules;
import org.spillway.deliver.courier.Self;
import org.spillway.deliver.courier.SmtpCourier;
import org.spillway.dns.Dns;
import org.spillway.mail.Address;
import org.spillway.metrics.Metrics;
import org.spillway.report.Reporter;
import org.spillway.route.HealthBoard;
import org.spillway.route.LoopGuard;
import org.spillway.route.Paths;
import org.spillway.smtp.mina.ListenerSettings;
import org.spillway.spool.Entry;
import org.spillway.spool.Spool;
import org.spillway.store.Chronicle;

/** The delivering side: health, courier, dispatcher. */
final class Back {
  private static final int SMTP_PORT = 25;
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final HealthBoard board;
  private final ReplyRules rules;
  private final SmtpCourier courier;
  private final Delivering delivering;

  /** What it works with. */
  record Around(
      Spool spool,
      Dns dns,
      Reporter reporter,
      Chronicle chronicle,
      Metrics metrics,
      LoopGuard loopGuard,
      OtherDomains others) {}

  Back(Settings settings, Around around, World world) throws IOException {
    rules = rules(settings);
    board = new HealthBoard(settings.sites().values(), world.clock(), world.ticker());
    courier = courier(settings, around, world);
    delivering =
        new Delivering(
            new Delivering.Parts(
                paths(settings),
                around.spool(),
                courier,
                board,
                settings.retry(),
                around.reporter(),
                around.chronicle(),
                around.metrics(),
                new Times(world.clock(), world.ticker()),
                world.chance(),
                Thread::startVirtualThread,
                new ThreadPace("dispatcher", world.ticker()),
                new ThreadPace("prober", world.ticker())));
  }

  private static ReplyRules rules(Settings settings) throws IOException {
    return switch (ReplyRules.load(settings.replies())) {
      case ReplyRules.Loaded.Good good -> good.rules();
      case ReplyRules.Loaded.Bad bad -> throw new IOException(String.join("\n", bad.problems()));
    };
  }

  private SmtpCourier courier(Settings settings, Around around, World world) {
    return new SmtpCourier(
        new CourierWorld(
            settings.node().name(),
            self(settings),
            SMTP_PORT,
            around.dns(),
            world.chance(),
            rules,
            (entry, recipients) -> stamp(around.loopGuard(), entry, recipients),
            board.hostOrder(),
            board,
            around.others().road(),
            around.others().signatures()));
  }

  private static String stamp(LoopGuard loopGuard, Entry entry, List<Integer> recipients) {
    List<Address> addresses =
        recipients.stream().map(i -> entry.envelope().recipients().get(i).address()).toList();
    return LoopGuard.FIELD + ": " + loopGuard.stamp(entry.id(), addresses);
  }

  private static Paths paths(Settings settings) {
    return new Paths(settings.sites(), settings.routes());
  }

  private static Self self(Settings settings) {
    Set<String> names = new TreeSet<>(Set.of(settings.node().name()));
    Set<InetAddress> addresses =
        settings.listeners().stream()
            .filter(listener -> listener.port() == SMTP_PORT)
            .map(ListenerSettings::address)
            .filter(address -> !address.isAnyLocalAddress())
            .collect(Collectors.toSet());
    return new Self(names, addresses);
  }

  void start(CamelContext camel) {
    try {
      camel.addRoutes(delivering.route());
    } catch (Exception broken) {
      throw new IllegalStateException("the delivery route does not start", broken);
    }
    delivering.start(camel);
  }

  Queue queue() {
    return delivering.queue();
  }

  HealthBoard board() {
    return board;
  }

  /** Reads what a reload may change; nothing changes until what is returned is run. */
  Runnable reading(Settings settings) throws IOException {
    ReplyRules nextRules = rules(settings);
    return () -> {
      rules.follow(nextRules);
      board.reconfigure(settings.sites().values());
      delivering.reconfigure(paths(settings));
      delivering.follow(settings.retry());
    };
  }

  /** Stops taking work and waits for the attempts under way. */
  void stop() {
    delivering.stop(GRACE);
    courier.close();
  }
}

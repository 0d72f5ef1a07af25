package org.spillway.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.spillway.log.EventLog;
import org.spillway.log.LineSink;
import org.spillway.log.LogForm;
import org.spillway.mail.Address;
import org.spillway.mail.Arrival;
import org.spillway.mail.Content;
import org.spillway.mail.ContentFacts;
import org.spillway.mail.Direction;
import org.spillway.mail.EntryId;
import org.spillway.mail.Envelope;
import org.spillway.mail.Recipient;
import org.spillway.mail.ReversePath;
import org.spillway.metrics.Metrics;
import org.spillway.policy.Constraints;
import org.spillway.policy.Copy;
import org.spillway.policy.Decision;
import org.spillway.report.Reporter;
import org.spillway.route.HealthBoard;
import org.spillway.route.Paths;
import org.spillway.route.RouteTable;
import org.spillway.route.Site;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;
import org.spillway.store.Chronicle;
import org.spillway.store.TraceEvent;
import org.spillway.store.Tracker;

/** A gateway's delivery side in virtual time, told in sentences. */
final class Story implements AutoCloseable {
  private static final CamelContext CAMEL = new DefaultCamelContext();
  private static final LineSink SINK = new LineSink(OutputStream.nullOutputStream());

  final World world = new World();
  final MemorySpool spool = new MemorySpool();
  final HealthBoard board;
  final FakeCourier courier;
  final List<TraceEvent> trace = new ArrayList<>();
  final Map<EntryId, Set<Integer>> delayNotices = new HashMap<>();
  final Map<String, Integer> reported = new HashMap<>();
  final Delivering delivering;
  private final RandomGenerator chance;

  private Story(Paths paths, RetrySettings retry, long seed) {
    this.chance = new Random(seed);
    this.board = new HealthBoard(paths.sites().values(), world.time, world.time);
    this.courier = new FakeCourier(world, board);
    this.delivering =
        new Delivering(
            new Delivering.Parts(
                paths,
                spool,
                courier,
                board,
                retry,
                reporter(),
                silence(),
                Metrics.NONE,
                world.times,
                new Random(seed + 1),
                world,
                world.pace(),
                world.pace()));
    try {
      CAMEL.start();
      CAMEL.addRoutes(delivering.route());
      delivering.start(CAMEL);
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  static Story of(RouteTable routes, Site... sites) {
    return of(RetrySettings.DEFAULT, 7, paths(routes, sites));
  }

  static Story of(RetrySettings retry, long seed, Paths paths) {
    return new Story(paths, retry, seed);
  }

  static Paths paths(RouteTable routes, Site... sites) {
    Map<SiteName, Site> byName = new HashMap<>();
    Arrays.stream(sites).forEach(site -> byName.put(site.name(), site));
    return new Paths(byName, routes);
  }

  /** One route for a direction, over these sites in order. */
  static RouteTable.Route route(Direction direction, String... sites) {
    List<SiteName> names = Arrays.stream(sites).map(SiteName::new).toList();
    return new RouteTable.Route(direction, List.of(), names);
  }

  private EventLog quiet() {
    return new EventLog(SINK, LogForm.TEXT, world.time);
  }

  /** A chronicle that nobody reads. */
  Chronicle silence() {
    return new Chronicle(quiet(), tracker(), Metrics.NONE, world.time);
  }

  private Reporter reporter() {
    return new Reporter() {
      @Override
      public void settled(Entry entry, Map<Integer, Disposition> now) {
        now.keySet().forEach(i -> reported.merge(entry.id() + "/" + i, 1, Integer::sum));
      }

      @Override
      public void delayed(Entry entry, Set<Integer> recipients, String why) {
        recipients.forEach(
            i ->
                assertThat(
                        delayNotices
                            .computeIfAbsent(entry.id(), e -> new java.util.HashSet<>())
                            .add(i))
                    .as("one delay notice for each")
                    .isTrue());
      }
    };
  }

  private Tracker tracker() {
    return new Tracker() {
      @Override
      public void track(TraceEvent event) {
        synchronized (trace) {
          if (trace.size() < 10_000) {
            trace.add(event);
          }
        }
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }

  void pass(Duration time) {
    world.pass(time);
  }

  FakeCourier.Server server(String site) {
    return courier.server(site);
  }

  /** A message from our domain to the world. */
  EntryId outbound(String... recipients) {
    return accept(Direction.OUTBOUND, Constraints.NONE, recipients);
  }

  /** A message from the world to our domain. */
  EntryId inbound(String... recipients) {
    return accept(Direction.INBOUND, Constraints.NONE, recipients);
  }

  EntryId accept(Direction direction, Constraints constraints, String... recipients) {
    Entry entry = entry(direction, constraints, recipients);
    spool.put(entry);
    delivering.queue().add(entry);
    return entry.id();
  }

  Entry entry(Direction direction, Constraints constraints, String... recipients) {
    List<Recipient> to =
        Arrays.stream(recipients).map(r -> Recipient.of(Address.parse(r).orElseThrow())).toList();
    String from = direction == Direction.OUTBOUND ? "ann@example.com" : "bob@world.example";
    List<Integer> all = java.util.stream.IntStream.range(0, to.size()).boxed().toList();
    return new Entry(
        EntryId.next(world.time.instant(), chance),
        arrival(),
        direction,
        Envelope.of(ReversePath.of(Address.parse(from).orElseThrow()), to),
        facts(),
        new Decision(List.of(new Copy(all, direction, constraints))),
        to.stream()
            .map(r -> (Disposition) Disposition.Waiting.fresh(world.time.instant()))
            .toList(),
        CONTENT);
  }

  private Arrival arrival() {
    return new Arrival(
        world.time.instant(),
        InetAddress.getLoopbackAddress(),
        1,
        "client",
        true,
        Optional.empty(),
        Optional.empty(),
        "smtp");
  }

  private static ContentFacts facts() {
    return new ContentFacts(
        1000,
        500,
        "",
        0,
        false,
        false,
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static final Content CONTENT =
      new Content() {
        @Override
        public long sizeBytes() {
          return 1000;
        }

        @Override
        public InputStream open() {
          return InputStream.nullInputStream();
        }
      };

  Disposition standing(EntryId id) {
    return standing(id, 0);
  }

  Disposition standing(EntryId id, int recipient) {
    return spool.entries.get(id).standings().get(recipient);
  }

  /** The site that took it, or how it stands otherwise. */
  String fate(EntryId id) {
    return standing(id) instanceof Disposition.Delivered it
        ? it.site().text() + (it.spill().isPresent() ? "(spill)" : "")
        : standing(id).getClass().getSimpleName();
  }

  /** Every recipient has come to an end, exactly once, and its sender was told of it once. */
  void everyRecipientEndedOnce() {
    long recipients = 0;
    for (Entry entry : spool.entries.values()) {
      assertThat(entry.standings()).as("standings of " + entry.id()).allMatch(Disposition::isFinal);
      recipients += entry.standings().size();
    }
    assertThat(spool.ends).hasSize((int) recipients);
    assertThat(spool.ends.values()).allMatch(n -> n == 1);
    assertThat(reported).isEqualTo(spool.ends);
  }

  @Override
  public void close() {
    try {
      delivering.stop(Duration.ZERO);
      world.pass(Duration.ofMinutes(15)); // what is in flight ends
      CAMEL.getRouteController().stopRoute("delivery");
      CAMEL.removeRoute("delivery");
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }
}

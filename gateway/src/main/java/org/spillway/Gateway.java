package org.spillway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.admit.RoutedAdmission;
import org.spillway.cluster.Cluster;
import org.spillway.cluster.SoloCluster;
import org.spillway.config.Config;
import org.spillway.config.Settings;
import org.spillway.control.AuditLog;
import org.spillway.control.Control;
import org.spillway.control.Placement;
import org.spillway.control.Reloader;
import org.spillway.control.socket.ControlServer;
import org.spillway.deliver.Queue;
import org.spillway.dns.Dns;
import org.spillway.guard.Guard;
import org.spillway.guard.KnownSenders;
import org.spillway.guard.ReverseNames;
import org.spillway.log.EventLog;
import org.spillway.mail.Domain;
import org.spillway.metrics.Check;
import org.spillway.metrics.HealthServer;
import org.spillway.metrics.Metrics;
import org.spillway.metrics.PrometheusMetrics;
import org.spillway.report.DsnReporter;
import org.spillway.report.DsnWriter;
import org.spillway.report.Reporter;
import org.spillway.route.LoopGuard;
import org.spillway.route.Site;
import org.spillway.route.SiteBoard;
import org.spillway.route.SiteName;
import org.spillway.spool.Room;
import org.spillway.spool.Spool;
import org.spillway.spool.segment.SegmentSpool;
import org.spillway.store.Chronicle;
import org.spillway.store.Tracking;

/**
 * One node, wired by hand. It starts bottom-up (spool, traces, delivery, then the listeners) and
 * stops top-down, so that nothing is accepted that could not be kept.
 */
public final class Gateway {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final int TRACE_QUEUE = 100_000;
  private static final long CAMEL_SECONDS = 5;

  private final PrometheusMetrics metrics = new PrometheusMetrics();
  private final CamelContext camel = new DefaultCamelContext();
  private final Cluster cluster;
  private final Spool spool;
  private final Tracking tracking;
  private final Guard guard;
  private final OtherDomains others;
  private final Back back;
  private final Front front;
  private final ControlServer control;
  private final HealthServer http;
  private final AuditLog audit;
  private final Host host;
  private final Reload reload;
  private volatile boolean recovered;
  private volatile Settings settings;

  /**
   * The program that a node runs in.
   *
   * @param source reads the configuration again for a reload
   * @param log where events are told
   * @param logLevel takes the level of a reload
   * @param version of the product
   */
  public record Host(
      Supplier<Config.Result> source, EventLog log, Consumer<String> logLevel, String version) {}

  /**
   * Opens the spool and the traces and puts everything together; no mail flows yet.
   *
   * @param settings what to run
   * @param host the program it runs in
   * @throws IOException when the spool, a key, a certificate or a list cannot be read
   */
  public Gateway(Settings settings, Host host) throws IOException {
    this(settings, host, World.real());
  }

  /** The same in a world of the caller's. */
  Gateway(Settings settings, Host host, World world) throws IOException {
    this.settings = settings;
    this.host = host;
    Path data = settings.node().dataDirectory();
    Files.createDirectories(data);
    cluster = SoloCluster.open(data.resolve("cluster"), settings.node().name());
    spool =
        SegmentSpool.open(settings.spool(), SegmentSpool.World.of(cluster, world.clock(), metrics));
    tracking = new Tracking(settings.database(), TRACE_QUEUE, world.clock(), metrics);
    audit = AuditLog.open(data.resolve("audit.log"));
    Chronicle chronicle = new Chronicle(host.log(), tracking, metrics, world.clock());
    LoopGuard loopGuard = new LoopGuard(NodeKey.read(data.resolve("trace.key"), world.chance()));
    Notifications notifications =
        new Notifications(world, settings.node().name(), spool, this::isOurs);
    Reporter reporter = reporter(notifications, world);
    Dns dns = world.dnsFor(settings);
    others = new OtherDomains(settings, dns, notifications, world);
    back =
        new Back(
            settings,
            new Back.Around(spool, dns, reporter, chronicle, metrics, loopGuard, others),
            world);
    guard = guard(settings, dns, metrics, world);
    Arrivals arrivals =
        new Arrivals(spool, back.queue(), chronicle, host.log(), metrics, others.reports());
    notifications.handTo(arrivals);
    front =
        new Front(
            settings,
            new Front.Behind(admission(loopGuard, world), spool, others.watch(), arrivals, metrics),
            world);
    reload = new Reload(host.source(), settings, this::apply);
    control = control(reporter, world);
    http =
        new HealthServer(
            new InetSocketAddress(settings.node().httpAddress(), settings.node().httpPort()),
            metrics,
            this::checks);
  }

  private Reporter reporter(Notifications notifications, World world) {
    Settings.Node node = settings.node();
    return new DsnReporter(
        new DsnWriter(node.name(), node.postmaster(), world.chance(), world.clock()),
        notifications,
        this::isStore,
        () -> settings.retry().lifetime());
  }

  private boolean isStore(SiteName name) {
    Site site = settings.sites().get(name);
    return site != null && site.kind() == Site.Kind.LMTP;
  }

  private boolean isOurs(Domain domain) {
    return settings.admission().domains().stream().anyMatch(d -> d.name().equals(domain));
  }

  private static Guard guard(Settings settings, Dns dns, Metrics metrics, World world)
      throws IOException {
    Path directory = settings.node().dataDirectory().resolve("guard");
    Files.createDirectories(directory);
    return Guard.open(
        settings.admission().guard(),
        Front.home(settings),
        new Guard.World(
            dns, ReverseNames.through(dns), KnownSenders.NONE, world.clock(), metrics, directory));
  }

  private RoutedAdmission admission(LoopGuard loopGuard, World world) {
    camel.getShutdownStrategy().setTimeout(CAMEL_SECONDS); // listeners and courier are done by then
    camel.start();
    return RoutedAdmission.in(
        camel,
        settings.admission(),
        settings.node().postmaster(),
        new RoutedAdmission.Around(
            settings.node().name(), loopGuard, guard, world.clock(), metrics));
  }

  private ControlServer control(Reporter reporter, World world) {
    Control all =
        new Control(
            new Control.Parts(
                spool,
                back.queue(),
                back.board(),
                reporter,
                tracking,
                new TraceLookup(tracking),
                reload,
                new SpoolLook(settings.spool()),
                audit,
                Placement.byRoute(() -> settings.routes()),
                world.clock(),
                host.version()));
    return new ControlServer(all, settings.node().dataDirectory().resolve("control.sock"));
  }

  /** Begins to take and to deliver mail. */
  public void start() throws IOException {
    tracking.rebuildFrom(spool);
    back.start(camel);
    front.start();
    control.start();
    others.start();
    Thread.ofVirtual().name("recovery").start(this::queueWhatIsThere);
    LOG.info("{} is ready, {} messages in the spool", settings.node().name(), spool.liveEntries());
  }

  private void queueWhatIsThere() {
    try {
      spool.forEachLive(back.queue()::add);
      recovered = true;
    } catch (IOException broken) {
      LOG.error("the spool cannot be read back: its mail stays there until a restart", broken);
    }
  }

  /** All or nothing: what cannot be read says so before anything changes. */
  private void apply(Settings fresh) throws IOException {
    Runnable frontChange = front.reading(fresh);
    Runnable backChange = back.reading(fresh);
    Runnable othersChange = others.reading(fresh);
    frontChange.run();
    othersChange.run();
    backChange.run();
    host.logLevel().accept(fresh.logging().level());
    settings = fresh;
  }

  private List<Check> checks() {
    Optional<String> broken = spool.broken();
    Room room = spool.room();
    boolean full = room.level() == Room.Level.FULL;
    String filled = room.usedBytes() + " of " + room.capacityBytes() + " bytes";
    return List.of(
        new Check("spool", broken.isEmpty() && !full, broken.orElse(filled)),
        new Check(
            "queue", recovered, recovered ? "all of the spool is queued" : "reading the spool"));
  }

  /** The port of a listener, also when 0 was asked for. */
  public Optional<Integer> port(String listener) {
    return front.port(listener);
  }

  /** The port of health and metrics. */
  public int httpPort() {
    return http.port();
  }

  /** Reads the configuration again. */
  Reloader.Result reload() {
    return reload.reload();
  }

  /** What waits. */
  public Queue queue() {
    return back.queue();
  }

  /** How the sites stand. */
  public SiteBoard sites() {
    return back.board();
  }

  /**
   * Finishes the dialogs and attempts under way and closes everything, top-down.
   *
   * @throws IOException when the spool could not be closed cleanly; what it holds is safe
   */
  public void stop() throws IOException {
    http.close();
    control.close();
    try {
      front.stop();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    back.stop();
    camel.stop();
    others.close();
    guard.close();
    tracking.close();
    audit.close();
    try {
      spool.close();
    } finally {
      cluster.close();
    }
  }
}

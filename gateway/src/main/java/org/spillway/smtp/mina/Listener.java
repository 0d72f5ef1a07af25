package org.spillway.smtp.mina;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.transport.socket.SocketSessionConfig;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.smtp.mina.ListenerSettings.TlsMode;
import org.spillway.smtp.server.DialogContext;

/**
 * One listening socket and its conversations. {@link #start} it once, {@link #stop} it once. Limits
 * and certificates are read anew for each session, so that a reload drops nobody.
 */
public final class Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final int BACKLOG = 1024;
  private static final int READ_BYTES = 16 << 10;
  private static final int MOST_READ_BYTES = 64 << 10;
  private static final long TICK_MILLIS = 200;
  private static final long STOP_POLL_MILLIS = 20;
  private static final long LAST_COMMITS_SECONDS = 10;

  private final ListenerSettings settings;
  private final DialogContext context;
  private final LongSupplier stopwatch;
  private final ListenerHandler handler;
  private final ExecutorService selecting;
  private final OneReadProcessor processor;
  private final NioSocketAcceptor acceptor;
  private final ExecutorService workers;
  private final ScheduledExecutorService timer;

  /**
   * A listener that does not listen yet.
   *
   * @param counts shared by all listeners
   * @param tls our certificate; needed unless the settings say no TLS
   */
  public Listener(
      ListenerSettings settings,
      DialogContext context,
      SessionCounts counts,
      Optional<TlsContext> tls) {
    this(settings, context, counts, tls, System::nanoTime);
  }

  Listener(
      ListenerSettings settings,
      DialogContext context,
      SessionCounts counts,
      Optional<TlsContext> tls,
      LongSupplier stopwatch) {
    if (settings.tls() != TlsMode.NONE && tls.isEmpty()) {
      throw new IllegalArgumentException("listener " + settings.name() + " needs a certificate");
    }
    this.settings = settings;
    this.context = context;
    this.stopwatch = stopwatch;
    String name = "smtp-" + settings.name();
    selecting = Executors.newCachedThreadPool(Thread.ofPlatform().name(name + "-io-", 0).factory());
    processor = new OneReadProcessor(selecting);
    acceptor = new NioSocketAcceptor(selecting, processor);
    workers = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory());
    timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name + "-timer").factory());
    handler =
        new ListenerHandler(
            new Surroundings(settings, context, counts, tls, processor, workers, stopwatch));
  }

  /** Binds and begins to accept; throws when the address is taken. */
  public void start() throws IOException {
    SocketSessionConfig config = acceptor.getSessionConfig();
    config.setTcpNoDelay(true);
    config.setReadBufferSize(READ_BYTES);
    config.setMaxReadBufferSize(MOST_READ_BYTES);
    config.setMinReadBufferSize(READ_BYTES);
    acceptor.setReuseAddress(true);
    acceptor.setBacklog(BACKLOG);
    acceptor.setCloseOnDeactivation(false); // else unbind would cut conversations short
    acceptor.setHandler(handler);
    acceptor.setFilterChainBuilder(handler::build);
    acceptor.bind(new InetSocketAddress(settings.address(), settings.port()));
    timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    context.metrics().gauge("spillway_smtp_sessions", this::sessions, "listener", settings.name());
    LOG.info("listener {} on {} port {}", settings.name(), settings.address(), port());
  }

  /** The port that it listens on, also when 0 was asked for. */
  public int port() {
    return acceptor.getLocalAddress().getPort();
  }

  /** Its open connections. */
  public int sessions() {
    return acceptor.getManagedSessionCount();
  }

  private void tick() {
    long now = stopwatch.getAsLong();
    each(conversation -> conversation.tick(now));
  }

  private void each(Consumer<Conversation> deed) {
    for (IoSession session : acceptor.getManagedSessions().values()) {
      try {
        ListenerHandler.of(session).ifPresent(deed);
      } catch (RuntimeException broken) {
        LOG.error("timer of {}", session, broken);
      }
    }
  }

  /**
   * Stops accepting, sends idle clients away with 421, lets transactions end, and closes what is
   * left when the grace is over. Returns when all is closed.
   */
  public void stop(Duration grace) throws InterruptedException {
    acceptor.unbind();
    long deadline = stopwatch.getAsLong() + grace.toNanos();
    while (sessions() > 0 && stopwatch.getAsLong() - deadline < 0) {
      each(Conversation::stop);
      TimeUnit.MILLISECONDS.sleep(STOP_POLL_MILLIS);
    }
    for (IoSession session : acceptor.getManagedSessions().values()) {
      session.closeNow();
    }
    workers.shutdown();
    boolean quiet = workers.awaitTermination(LAST_COMMITS_SECONDS, TimeUnit.SECONDS);
    acceptor.dispose();
    processor.dispose();
    selecting.shutdown();
    timer.shutdownNow();
    LOG.info(
        "listener {} stopped{}", settings.name(), quiet ? "" : ", some sessions still at work");
  }
}

package org.spillway;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.spillway.admit.HostedDomain;
import org.spillway.admit.RoutedAdmission;
import org.spillway.auth.message.ContentWatch;
import org.spillway.config.Settings;
import org.spillway.guard.Home;
import org.spillway.mail.Address;
import org.spillway.mail.Domain;
import org.spillway.mail.Secret;
import org.spillway.metrics.Metrics;
import org.spillway.smtp.mina.CertificateWatch;
import org.spillway.smtp.mina.Listener;
import org.spillway.smtp.mina.ListenerSettings;
import org.spillway.smtp.mina.SessionCounts;
import org.spillway.smtp.mina.TlsContext;
import org.spillway.smtp.server.AcceptedListener;
import org.spillway.smtp.server.Accounts;
import org.spillway.smtp.server.ContentBudget;
import org.spillway.smtp.server.DialogContext;
import org.spillway.smtp.server.FileAccounts;
import org.spillway.smtp.server.SessionLimits;
import org.spillway.spool.Spool;

/** The receiving side: listeners, certificate, accounts and the limits of sessions. */
final class Front {
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final Accounts NOBODY = (_, _) -> false;

  private final Map<String, Listener> listeners = new LinkedHashMap<>();
  private final RoutedAdmission admission;
  private final Optional<TlsContext> tls;
  private volatile Optional<FileAccounts> accounts;
  private final ContentBudget budget;
  private volatile SessionLimits limits;

  /** What the dialogs talk to. */
  record Behind(
      RoutedAdmission admission,
      Spool spool,
      ContentWatch watch,
      AcceptedListener arrivals,
      Metrics metrics) {}

  Front(Settings settings, Behind behind, World world) throws IOException {
    admission = behind.admission();
    limits = settings.limits();
    budget = new ContentBudget(limits.bufferBytes());
    tls = settings.tls().isPresent() ? Optional.of(TlsContext.load(settings.tls().get())) : none();
    CertificateWatch expiry = new CertificateWatch(behind.metrics(), world.clock());
    tls.ifPresent(certificate -> expiry.watch("listeners", certificate));
    accounts = accounts(settings);
    DialogContext context =
        new DialogContext(
            hostName(settings),
            postmasterDomain(settings),
            behind.admission(),
            behind.spool(),
            behind.watch(),
            this::verify,
            behind.arrivals(),
            () -> limits,
            budget,
            behind.metrics(),
            world.clock(),
            world.chance());
    SessionCounts counts = new SessionCounts();
    for (ListenerSettings listener : settings.listeners()) {
      listeners.put(listener.name(), new Listener(listener, context, counts, tls));
    }
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }

  private boolean verify(String user, Secret password) {
    return accounts.map(Accounts.class::cast).orElse(NOBODY).verify(user, password);
  }

  /** Who is not a stranger. */
  static Home home(Settings settings) {
    return new Home(
        hostName(settings).name(),
        settings.admission().domains().stream().map(HostedDomain::name).collect(Collectors.toSet()),
        settings.admission().networks(),
        settings.listeners().stream()
            .filter(ListenerSettings::submission)
            .map(ListenerSettings::name)
            .collect(Collectors.toSet()));
  }

  private static Domain hostName(Settings settings) {
    String name = settings.node().name();
    return Domain.parse(name).orElseThrow(() -> new IllegalArgumentException(name));
  }

  private static Domain postmasterDomain(Settings settings) {
    return settings
        .node()
        .postmaster()
        .map(Address::domain)
        .or(() -> settings.admission().domains().stream().map(d -> d.name()).findFirst())
        .orElseGet(() -> hostName(settings));
  }

  void start() throws IOException {
    for (Listener listener : listeners.values()) {
      listener.start();
    }
  }

  /** Reads what a reload may change; nothing changes until what is returned is run. */
  Runnable reading(Settings settings) throws IOException {
    Optional<FileAccounts> nextAccounts = accounts(settings);
    Runnable certificate =
        tls.isPresent() && settings.tls().isPresent()
            ? tls.get().reading(settings.tls().get())
            : () -> {};
    Runnable checks =
        admission.reading(settings.admission(), settings.node().postmaster(), home(settings));
    return () -> {
      checks.run();
      accounts = nextAccounts;
      certificate.run();
      limits = settings.limits();
      budget.limit(limits.bufferBytes());
    };
  }

  private static Optional<FileAccounts> accounts(Settings settings) throws IOException {
    return settings.accounts().isPresent()
        ? Optional.of(new FileAccounts(settings.accounts().get()))
        : Optional.empty();
  }

  /** The port of a listener, also when 0 was asked for. */
  Optional<Integer> port(String listener) {
    return Optional.ofNullable(listeners.get(listener)).map(Listener::port);
  }

  /** Finishes what is under way, all listeners at once. */
  void stop() throws InterruptedException {
    List<Thread> stopping = new ArrayList<>();
    for (Listener listener : listeners.values()) {
      stopping.add(Thread.startVirtualThread(() -> stop(listener)));
    }
    for (Thread thread : stopping) {
      thread.join();
    }
  }

  private static void stop(Listener listener) {
    try {
      listener.stop(GRACE);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}

package org.spillway.guard;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.dns.Dns;
import org.spillway.guard.dnslist.DnsLists;
import org.spillway.guard.grey.GreySettings.When;
import org.spillway.guard.grey.Greylist;
import org.spillway.guard.list.AccessLists;
import org.spillway.guard.list.ListEntry;
import org.spillway.guard.rate.RateLimits;
import org.spillway.guard.rate.Sent;
import org.spillway.mail.Address;
import org.spillway.mail.Arrival;
import org.spillway.mail.Envelope;
import org.spillway.mail.Message;
import org.spillway.mail.Recipient;
import org.spillway.mail.ReversePath;
import org.spillway.metrics.Metrics;

/**
 * All checks against abuse, by stage. Each gives the signs that it saw and, where nothing is
 * configured or nothing is wrong, none. May be asked by many threads; blocks at most a virtual one.
 *
 * <p>Of whom what is asked: the lists and the rates of everybody but, by address, our own networks;
 * all else of strangers, and not of those whom the lists allow.
 */
public final class Guard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

  private final World world;
  private final AccessLists lists;
  private final Tarpit tarpit;
  private final HeloCheck helo;
  private final Strangers strangers;
  private final EarlyTalk earlyTalk;
  private Optional<Greylist> greylist = Optional.empty();
  private volatile Ground ground;

  /**
   * What it works with.
   *
   * @param dns asked only for what is configured
   * @param names reverse names
   * @param known senders that no greylist needs to try
   * @param clock tells the time
   * @param metrics counts
   * @param directory where the greylist and the lists are kept
   */
  public record World(
      Dns dns,
      ReverseNames names,
      KnownSenders known,
      InstantSource clock,
      Metrics metrics,
      Path directory) {}

  private Guard(GuardSettings settings, Home home, World world) throws IOException {
    this.world = world;
    lists =
        AccessLists.open(world.directory().resolve("access.list"), settings.lists(), world.clock());
    tarpit = new Tarpit(world.clock());
    helo = new HeloCheck(world.dns());
    strangers = new Strangers(new DnsLists(world.dns(), world.metrics()), world.names());
    earlyTalk = new EarlyTalk(strangers, tarpit, world.clock());
    RateLimits rates = new RateLimits(settings.rates(), settings.rateKeys(), world.clock());
    Optional<SenderMap> senders = senders(settings);
    ground = new Ground(settings, home, rates, greylist(settings), senders);
    world.metrics().gauge("spillway_rate_keys", () -> ground.rates().keys());
    world.metrics().gauge("spillway_tarpit_waiting", tarpit::waiting);
    world
        .metrics()
        .gauge("spillway_greylist_entries", () -> ground.greylist().map(Greylist::size).orElse(0));
  }

  /**
   * Reads the lists, the greylist and the sender map.
   *
   * @throws IOException when one of them cannot be read
   */
  public static Guard open(GuardSettings settings, Home home, World world) throws IOException {
    return new Guard(settings, home, world);
  }

  private static Optional<SenderMap> senders(GuardSettings settings) throws IOException {
    return settings.senders().isPresent()
        ? Optional.of(FileSenderMap.read(settings.senders().get()))
        : Optional.empty();
  }

  /** Opened once, when it is first wanted. */
  private Optional<Greylist> greylist(GuardSettings settings) throws IOException {
    if (greylist.isEmpty() && settings.greylist().when() != When.NEVER) {
      Path file = world.directory().resolve("greylist");
      greylist = Optional.of(Greylist.open(file, settings.greylist(), world.clock()));
    }
    return greylist;
  }

  /**
   * Reads what other settings name; they count from the next command after what is returned is run.
   */
  public synchronized Runnable reading(GuardSettings settings, Home home) throws IOException {
    Optional<SenderMap> senders = senders(settings);
    Optional<Greylist> grey = greylist(settings);
    Runnable listed = lists.reading(settings.lists());
    return () -> {
      RateLimits rates = ground.rates().with(settings.rates(), settings.rateKeys());
      listed.run();
      grey.ifPresent(list -> list.reconfigure(settings.greylist()));
      ground = new Ground(settings, home, rates, grey, senders);
    };
  }

  /** The allow and deny lists, to show and to change. */
  public AccessLists lists() {
    return lists;
  }

  /** How many may be made to wait. */
  public Tarpit tarpit() {
    return tarpit;
  }

  /** What the operator wants. */
  public GuardSettings settings() {
    return ground.settings();
  }

  /** A client has connected, and was not greeted yet. */
  public List<Sign> connection(Arrival arrival, Ear ear) {
    Ground now = ground;
    if (now.home().isNear(arrival.client())) {
      return List.of();
    }
    Optional<ListEntry> entry = lists.client(arrival.client());
    if (entry.isPresent()) {
      return List.of(new Sign.Listed(entry.get()));
    }
    boolean mayWait = !now.home().submission().contains(arrival.listener());
    return earlyTalk.look(arrival, ear, now.settings(), mayWait).map(List::of).orElse(List.of());
  }

  /** A client has sent bytes that should have waited for our reply. */
  public List<Sign> ahead(Arrival arrival, long bytes) {
    Ground now = ground;
    boolean looks = now.settings().earlyTalkers().commands() != Action.OFF;
    return looks && now.home().isStranger(arrival) && !isAllowed(arrival)
        ? List.of(new Sign.Ahead(bytes))
        : List.of();
  }

  private boolean isChecked(Ground now, Arrival arrival, ReversePath from) {
    return now.home().isStranger(arrival) && !isAllowed(arrival) && !isAllow(lists.sender(from));
  }

  private boolean isAllowed(Arrival arrival) {
    return isAllow(lists.client(arrival.client()));
  }

  private static boolean isAllow(Optional<ListEntry> entry) {
    return entry.isPresent() && entry.get().side() == ListEntry.Side.ALLOW;
  }

  /** MAIL FROM. */
  public List<Sign> sender(Arrival arrival, ReversePath from) {
    Ground now = ground;
    List<Sign> signs = new ArrayList<>(2);
    if (now.home().isStranger(arrival)) {
      stranger(now, arrival, from, signs);
    }
    if (arrival.user().isPresent()) {
      OwnAddresses.envelopeOfUser(now, arrival, from).ifPresent(signs::add);
    }
    if (!now.settings().rates().isEmpty()) {
      now.rates().message(sent(now, arrival, from)).map(Sign.Rate::new).ifPresent(signs::add);
    }
    return signs;
  }

  private void stranger(Ground now, Arrival arrival, ReversePath from, List<Sign> signs) {
    Optional<ListEntry> entry = lists.sender(from);
    entry.map(Sign.Listed::new).ifPresent(signs::add);
    if (isAllow(entry) || isAllowed(arrival)) {
      return;
    }
    GuardSettings.Helo wanted = now.settings().helo();
    helo.look(arrival.helo(), arrival.client(), wanted, now.home()).ifPresent(signs::add);
    OwnAddresses.envelope(now, from).ifPresent(signs::add);
  }

  private static Sent sent(Ground now, Arrival arrival, ReversePath from) {
    boolean near = now.home().isNear(arrival.client());
    return new Sent(arrival.client(), near, arrival.user(), from, Optional.empty());
  }

  /**
   * RCPT TO.
   *
   * @param envelope with the recipients before this one
   * @param wanted false when it is refused already: it counts for the rates all the same, and
   *     nobody is asked about it
   */
  public List<Sign> recipient(
      Arrival arrival, Envelope envelope, Recipient recipient, boolean wanted) {
    Ground now = ground;
    List<Sign> signs = new ArrayList<>(2);
    if (!now.settings().rates().isEmpty()) {
      Sent sent = sent(now, arrival, envelope.from()).to(recipient.asGiven());
      now.rates().recipient(sent).map(Sign.Rate::new).ifPresent(signs::add);
    }
    if (!signs.isEmpty() || !isChecked(now, arrival, envelope.from())) {
      return signs;
    }
    if (!wanted) {
      return strangers.known(arrival).signs(); // nobody is asked for it
    }
    crowd(now.settings().crowds(), envelope).ifPresent(signs::add);
    signs.addAll(strangers.forRecipient(arrival, now.settings()).signs());
    grey(now, arrival, envelope.from(), recipient.address(), signs).ifPresent(signs::add);
    return signs;
  }

  private static Optional<Sign> crowd(GuardSettings.Crowds wanted, Envelope envelope) {
    int recipients = envelope.recipients().size() + 1;
    if (envelope.from().isNull() && wanted.nullSender() > 0 && recipients > wanted.nullSender()) {
      return Optional.of(new Sign.Crowd(recipients, wanted.nullSender(), true));
    }
    return wanted.many() > 0 && recipients > wanted.many()
        ? Optional.of(new Sign.Crowd(recipients, wanted.many(), false))
        : Optional.empty();
  }

  private Optional<Sign> grey(
      Ground now, Arrival arrival, ReversePath from, Address to, List<Sign> signs) {
    boolean asks =
        switch (now.settings().greylist().when()) {
          case NEVER -> false;
          case SUSPICIOUS -> isGrey(now, arrival, signs);
          case ALWAYS -> true;
        };
    boolean vouched = asks && strangers.known(arrival).isVouchedFor();
    if (!asks || vouched || world.known().knows(arrival, from) || now.greylist().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Sign.Grey(now.greylist().get().look(arrival.client(), from, to)));
  }

  private boolean isGrey(Ground now, Arrival arrival, List<Sign> signs) {
    GuardSettings settings = now.settings();
    return signs.stream().anyMatch(sign -> settings.actionOn(sign) == Action.GREYLIST)
        || helo.look(arrival.helo(), arrival.client(), settings.helo(), now.home())
            .filter(sign -> settings.actionOn(sign) == Action.GREYLIST)
            .isPresent();
  }

  /** The whole message has come in. */
  public List<Sign> message(Message message) {
    Ground now = ground;
    List<Sign> signs = new ArrayList<>(2);
    Arrival arrival = message.arrival();
    if (!now.settings().rates().isEmpty()) {
      Sent sent = sent(now, arrival, message.envelope().from());
      now.rates()
          .content(sent, message.facts().sizeBytes())
          .map(Sign.Rate::new)
          .ifPresent(signs::add);
    }
    if (arrival.user().isPresent()) {
      OwnAddresses.headerOfUser(now, message).ifPresent(signs::add);
    } else if (isChecked(now, arrival, message.envelope().from())) {
      OwnAddresses.header(now, message).ifPresent(signs::add);
    }
    return signs;
  }

  /** Closes the greylist; the last of it that is lost by a bad disk is no harm. */
  @Override
  public synchronized void close() {
    try {
      if (greylist.isPresent()) {
        greylist.get().close();
      }
    } catch (IOException broken) {
      LOG.warn("the greylist was not closed cleanly", broken);
    }
  }
}

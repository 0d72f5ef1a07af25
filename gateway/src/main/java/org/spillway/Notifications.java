package org.spillway;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.auth.dkim.BodyHasher;
import org.spillway.auth.dkim.BodyHashes;
import org.spillway.auth.dkim.Canonical;
import org.spillway.mail.Arrival;
import org.spillway.mail.ContentFacts;
import org.spillway.mail.Direction;
import org.spillway.mail.Domain;
import org.spillway.mail.EntryId;
import org.spillway.mail.Envelope;
import org.spillway.policy.Decision;
import org.spillway.report.Outbox;
import org.spillway.smtp.server.AcceptedListener;
import org.spillway.smtp.server.FactsCollector;
import org.spillway.spool.Disposition;
import org.spillway.spool.Draft;
import org.spillway.spool.Outgoing;
import org.spillway.spool.Receipt;
import org.spillway.spool.Spool;

/** Puts the notifications that we write into the spool, like any other mail. */
final class Notifications implements Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
  private static final String LISTENER = "notifications";

  private final World world;
  private final String nodeName;
  private final Spool spool;
  private final Predicate<Domain> isOurs;
  private volatile AcceptedListener arrivals = AcceptedListener.NONE;

  /**
   * An outbox over the spool.
   *
   * @param isOurs true for domains of ours: their notifications are internal mail
   */
  Notifications(World world, String nodeName, Spool spool, Predicate<Domain> isOurs) {
    this.world = world;
    this.nodeName = nodeName;
    this.spool = spool;
    this.isOurs = isOurs;
  }

  /** Who takes what is safe to the queue; said later, since the queue needs reports first. */
  void handTo(AcceptedListener listener) {
    arrivals = listener;
  }

  @Override
  public boolean send(Envelope envelope, byte[] content) {
    EntryId id = EntryId.next(world.clock().instant(), world.chance());
    Draft.Accepted accepted = accepted(envelope, content);
    try (Draft draft = spool.draft(id)) {
      draft.write(ByteBuffer.wrap(content));
      return switch (draft.commit(accepted)) {
        case Receipt.Safe _ -> {
          arrivals.accepted(id, accepted, List.of());
          yield true;
        }
        case Receipt.Full full -> failed(full.why());
        case Receipt.NotSafe broken -> failed(broken.why());
      };
    } catch (IOException failed) {
      return failed(failed.getMessage());
    }
  }

  private static boolean failed(String why) {
    LOG.error("a notification could not be made safe: {}", why);
    return false;
  }

  private Draft.Accepted accepted(Envelope envelope, byte[] content) {
    List<Direction> ways =
        envelope.recipients().stream().map(r -> way(r.address().domain())).toList();
    List<Disposition> standings =
        envelope.recipients().stream()
            .<Disposition>map(_ -> Disposition.Waiting.fresh(world.clock().instant()))
            .toList();
    Arrival arrival =
        new Arrival(
            world.clock().instant(),
            InetAddress.getLoopbackAddress(),
            0,
            nodeName,
            true,
            Optional.empty(),
            Optional.empty(),
            LISTENER);
    ContentFacts facts = FactsCollector.of(content);
    return new Draft.Accepted(
        arrival,
        ways.contains(Direction.OUTBOUND) ? Direction.OUTBOUND : Direction.INTERNAL,
        envelope,
        facts,
        Decision.unconstrained(ways),
        standings,
        new Outgoing("", Optional.of(bodyHash(content, (int) facts.headerBytes()))));
  }

  /** For the signature: a report must pass DMARC for its From (RFC 9990 §3.5.2). */
  private static String bodyHash(byte[] content, int headerBytes) {
    BodyHashes bodies = new BodyHashes();
    BodyHasher hasher = bodies.need(Canonical.RELAXED);
    bodies.feed(content, headerBytes, content.length - headerBytes);
    return hasher.finish().base64();
  }

  private Direction way(Domain domain) {
    return isOurs.test(domain) ? Direction.INTERNAL : Direction.OUTBOUND;
  }
}

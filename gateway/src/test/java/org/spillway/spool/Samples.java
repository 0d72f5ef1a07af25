package org.spillway.spool;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.spillway.mail.Address;
import org.spillway.mail.Arrival;
import org.spillway.mail.Body;
import org.spillway.mail.Content;
import org.spillway.mail.ContentFacts;
import org.spillway.mail.Direction;
import org.spillway.mail.Domain;
import org.spillway.mail.EntryId;
import org.spillway.mail.Envelope;
import org.spillway.mail.Notify;
import org.spillway.mail.Recipient;
import org.spillway.mail.Ret;
import org.spillway.mail.ReversePath;
import org.spillway.mail.TlsInfo;
import org.spillway.policy.Constraints;
import org.spillway.policy.Copy;
import org.spillway.policy.Decision;
import org.spillway.policy.TlsFloor;
import org.spillway.route.SiteName;
import org.spillway.route.Spill;
import org.spillway.spool.Draft.Accepted;

/** Messages to put into spools. */
public final class Samples {
  public static final Instant NOW = Instant.parse("2026-11-24T05:41:30.123456789Z");
  public static final SiteName ONPREM = new SiteName("onprem");
  public static final SiteName CLOUD = new SiteName("cloud-relay");

  private static final SplittableRandom CHANCE = new SplittableRandom(42);

  private Samples() {}

  public static synchronized EntryId id() {
    return EntryId.next(NOW, CHANCE);
  }

  /** A plain message to that many recipients, who all wait. */
  public static Accepted plain(int recipients) {
    return plain(recipients, "");
  }

  /** The same with a subject that tells it apart. */
  public static Accepted plain(int recipients, String subject) {
    List<Recipient> to =
        IntStream.range(0, recipients)
            .mapToObj(i -> Recipient.of(address("user" + i + "@example.com")))
            .toList();
    return new Accepted(
        arrival(Optional.empty()),
        Direction.INBOUND,
        Envelope.of(ReversePath.of(address("sender@example.org")), to),
        facts(Optional.of(subject)),
        Decision.unconstrained(Collections.nCopies(recipients, Direction.INBOUND)),
        Collections.nCopies(recipients, Disposition.Waiting.fresh(NOW)));
  }

  /** One with every field set. */
  public static Accepted rich() {
    Recipient first =
        new Recipient(
            address("\"a b\"@example.com"),
            address("alias@example.com"),
            Set.of(Notify.SUCCESS, Notify.DELAY),
            Optional.of("rfc822;alias@example.com"));
    Envelope envelope =
        new Envelope(
            ReversePath.NULL,
            List.of(first, Recipient.of(address("jürgen@bücher.example"))),
            Body.SEVENBIT,
            true,
            Optional.of(Ret.HDRS),
            Optional.of("envid=1"),
            OptionalLong.of(123456),
            true);
    Constraints strict =
        new Constraints(
            TlsFloor.VERIFY,
            Optional.of(Set.of("eu", "ch")),
            Set.of("baa"),
            Set.of("cheap-relay"),
            false,
            Set.of("hipaa-1"));
    return new Accepted(
        arrival(Optional.of(new TlsInfo("TLSv1.3", "TLS_AES_256_GCM_SHA384", Optional.of("CN=x")))),
        Direction.OUTBOUND,
        envelope,
        facts(Optional.of("Grüße")),
        new Decision(
            List.of(
                new Copy(List.of(0), Direction.OUTBOUND, strict),
                new Copy(List.of(1), Direction.INTERNAL, Constraints.NONE))),
        List.of(
            new Disposition.Held(NOW, Disposition.Reason.POLICY, "hipaa-1"),
            Disposition.Waiting.fresh(NOW)));
  }

  private static Arrival arrival(Optional<TlsInfo> tls) {
    try {
      InetAddress client = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 7});
      return new Arrival(
          NOW, client, 54321, "mail.example.org", true, tls, tls.map(_ -> "alice"), "mx");
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ContentFacts facts(Optional<String> subject) {
    return new ContentFacts(
        1000,
        300,
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        3,
        true,
        false,
        true,
        false,
        Optional.of("<1@example.org>"),
        subject,
        List.of("stamp-1", "stamp-2"));
  }

  public static Address address(String text) {
    int at = text.lastIndexOf('@');
    return Address.parse(text)
        .orElseGet(() -> new Address(text.substring(0, at), new Domain(text.substring(at + 1))));
  }

  /** One of each disposition. */
  public static List<Disposition> dispositions() {
    List<Disposition> all = new ArrayList<>();
    all.add(Disposition.Waiting.fresh(NOW));
    all.add(
        new Disposition.Waiting(
            NOW, 7, NOW.plusSeconds(600), "450 4.2.0 busy", Optional.of(ONPREM), true));
    for (Disposition.Reason reason : Disposition.Reason.values()) {
      all.add(new Disposition.Held(NOW, reason, "because"));
    }
    all.add(delivered());
    all.add(
        new Disposition.Delivered(
            NOW,
            CLOUD,
            "relay.example.net",
            true,
            Optional.of(new Spill(ONPREM, CLOUD, "down since 05:40", "route outbound")),
            true,
            "250 2.0.0 queued"));
    all.add(new Disposition.Bounced(NOW, "5.1.1", "no such user"));
    all.add(new Disposition.Expired(NOW, "5 days"));
    all.add(new Disposition.Quarantined(NOW, "a virus"));
    all.add(new Disposition.Discarded(NOW, "admin", "asked for"));
    return all;
  }

  public static Disposition delivered() {
    return new Disposition.Delivered(
        NOW, ONPREM, "10.0.0.5", false, Optional.empty(), false, "250 2.0.0 ok");
  }

  public static Disposition deferred() {
    return new Disposition.Waiting(
        NOW, 1, NOW.plusSeconds(300), "451 4.3.0 later", Optional.empty(), false);
  }

  /** Bytes that no two seeds share. */
  public static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    RandomGenerator chance = new SplittableRandom(seed);
    chance.nextBytes(bytes);
    return bytes;
  }

  public static byte[] read(Content content) throws IOException {
    try (InputStream in = content.open()) {
      return in.readAllBytes();
    }
  }

  /** Puts a message in, in pieces of uneven length. */
  public static Receipt put(Spool spool, EntryId id, byte[] content, Accepted accepted)
      throws IOException {
    try (Draft draft = spool.draft(id)) {
      write(draft, content);
      return draft.commit(accepted);
    }
  }

  public static void write(Draft draft, byte[] content) throws IOException {
    ByteBuffer all = ByteBuffer.wrap(content);
    int piece = 1;
    while (all.hasRemaining()) {
      ByteBuffer next = all.slice(all.position(), Math.min(piece, all.remaining()));
      all.position(all.position() + next.remaining());
      draft.write(next);
      piece = Math.min(piece * 3 + 1, 20_000);
    }
  }
}

package org.spillway.control;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.spillway.mail.Address;
import org.spillway.mail.Arrival;
import org.spillway.mail.Content;
import org.spillway.mail.ContentFacts;
import org.spillway.mail.Direction;
import org.spillway.mail.EntryId;
import org.spillway.mail.Envelope;
import org.spillway.mail.Recipient;
import org.spillway.mail.ReversePath;
import org.spillway.policy.Decision;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Draft;
import org.spillway.spool.Entry;
import org.spillway.spool.Room;
import org.spillway.spool.Spool;

/**
 * A spool in memory that can be told to fail; entries stay when they are done, for tests to see.
 */
public final class FakeSpool implements Spool {
  private static final String TEXT =
      "Subject: Lunch\r\nX-Colour: \u001b[31mred\r\n\r\nAt noon?\r\n";

  /** Every entry there ever was. */
  public final Map<EntryId, Entry> entries = new ConcurrentSkipListMap<>();

  /** When set, nothing can be settled. */
  public volatile boolean readOnly;

  private final List<String> story;

  FakeSpool(List<String> story) {
    this.story = story;
  }

  /** Puts a message there that was accepted so long ago, its recipients standing like this. */
  public EntryId put(Accepted accepted) {
    EntryId id = new EntryId(accepted.at.toEpochMilli() << 16, entries.size());
    List<Recipient> recipients = new ArrayList<>();
    List<Disposition> standings = new ArrayList<>();
    for (Map.Entry<String, Disposition> one : accepted.recipients) {
      recipients.add(Recipient.of(Address.parse(one.getKey()).orElseThrow()));
      standings.add(one.getValue());
    }
    ReversePath from =
        new ReversePath(
            accepted.from.isEmpty()
                ? Optional.empty()
                : Optional.of(Address.parse(accepted.from).orElseThrow()));
    entries.put(
        id,
        new Entry(
            id,
            arrival(accepted.at),
            accepted.direction,
            Envelope.of(from, recipients),
            facts(),
            Decision.unconstrained(Collections.nCopies(recipients.size(), accepted.direction)),
            standings,
            new Text()));
    return id;
  }

  /** What a test says of a message. */
  public record Accepted(
      Instant at,
      Direction direction,
      String from,
      List<Map.Entry<String, Disposition>> recipients) {
    /** A message to one waiting recipient. */
    public static Accepted waiting(Instant at, String from, String to) {
      return new Accepted(
          at, Direction.INBOUND, from, List.of(Map.entry(to, Disposition.Waiting.fresh(at))));
    }
  }

  private static Arrival arrival(Instant at) {
    return new Arrival(
        at,
        InetAddress.ofLiteral("192.0.2.7"),
        2525,
        "client.example.net",
        true,
        Optional.empty(),
        Optional.empty(),
        "smtp");
  }

  private static ContentFacts facts() {
    return new ContentFacts(
        10_400,
        TEXT.indexOf("At noon"),
        "00ff",
        1,
        false,
        false,
        false,
        false,
        Optional.of("<lunch@example.net>"),
        Optional.of("Lunch"),
        List.of());
  }

  private record Text() implements Content {
    @Override
    public long sizeBytes() {
      return TEXT.length();
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(TEXT.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** How one recipient stands. */
  public Disposition standing(EntryId id, int recipient) {
    return entries.get(id).standings().get(recipient);
  }

  @Override
  public Optional<Entry> entry(EntryId id) {
    return Optional.ofNullable(entries.get(id)).filter(entry -> !entry.isDone());
  }

  @Override
  public void forEachLive(Consumer<Entry> visitor) {
    entries.values().stream().filter(entry -> !entry.isDone()).forEach(visitor);
  }

  @Override
  public long liveEntries() {
    return entries.values().stream().filter(entry -> !entry.isDone()).count();
  }

  @Override
  public void settle(EntryId id, Map<Integer, Disposition> standings) throws IOException {
    if (readOnly) {
      throw new IOException("Read-only file system");
    }
    story.add("settle " + standings.keySet());
    Entry entry = entries.get(id);
    List<Disposition> all = new ArrayList<>(entry.standings());
    standings.forEach(all::set);
    entries.put(
        id,
        new Entry(
            entry.id(),
            entry.arrival(),
            entry.direction(),
            entry.envelope(),
            entry.facts(),
            entry.decision(),
            all,
            entry.content()));
  }

  @Override
  public Draft draft(EntryId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void attempt(EntryId id, List<Integer> recipients, SiteName site, String hop) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Room room() {
    return new Room(0, 1, Room.Level.NORMAL);
  }

  @Override
  public Optional<String> broken() {
    return Optional.empty();
  }

  @Override
  public void close() {}
}

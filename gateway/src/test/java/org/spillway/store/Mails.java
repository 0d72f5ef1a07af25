package org.spillway.store;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.spillway.mail.Address;
import org.spillway.mail.AddressLiteral;
import org.spillway.mail.Arrival;
import org.spillway.mail.Content;
import org.spillway.mail.ContentFacts;
import org.spillway.mail.Direction;
import org.spillway.mail.EntryId;
import org.spillway.mail.Envelope;
import org.spillway.mail.Recipient;
import org.spillway.mail.ReversePath;
import org.spillway.policy.Decision;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;

/** Entries for tests. */
public final class Mails {
  /** The client of every entry. */
  public static final InetAddress CLIENT = AddressLiteral.ip("192.0.2.7").orElseThrow();

  private Mails() {}

  /** An inbound message that waits, with short headers. */
  public static Entry entry(EntryId id, String from, String... to) {
    return holding(id, "Subject: hello\r\nMessage-ID: <1@example.org>\r\n\r\nbody\r\n", from, to);
  }

  /** An inbound message with that content that waits. */
  public static Entry holding(EntryId id, String content, String from, String... to) {
    List<Recipient> recipients = Stream.of(to).map(Mails::address).map(Recipient::of).toList();
    ReversePath path = from.isEmpty() ? ReversePath.NULL : ReversePath.of(address(from));
    return entry(id, content, Envelope.of(path, recipients));
  }

  /** An inbound message with that content and envelope that waits. */
  public static Entry entry(EntryId id, String content, Envelope envelope) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    int count = envelope.recipients().size();
    Instant at = id.instant();
    return new Entry(
        id,
        new Arrival(
            at, CLIENT, 40_000, "client.example", true, Optional.empty(), Optional.empty(), "mx"),
        Direction.INBOUND,
        envelope,
        facts(bytes.length, content.indexOf("\r\n\r\n") + 4, false),
        Decision.unconstrained(Collections.nCopies(count, Direction.INBOUND)),
        Collections.nCopies(count, Disposition.Waiting.fresh(at)),
        new Bytes(bytes));
  }

  /** The same entry that came from a machine. */
  public static Entry autoSubmitted(Entry entry) {
    ContentFacts f = entry.facts();
    return new Entry(
        entry.id(),
        entry.arrival(),
        entry.direction(),
        entry.envelope(),
        facts(f.sizeBytes(), f.headerBytes(), true),
        entry.decision(),
        entry.standings(),
        entry.content());
  }

  /** The same entry with other standings. */
  public static Entry standing(Entry entry, Disposition... standings) {
    return new Entry(
        entry.id(),
        entry.arrival(),
        entry.direction(),
        entry.envelope(),
        entry.facts(),
        entry.decision(),
        List.of(standings),
        entry.content());
  }

  /** An address, which must be right. */
  public static Address address(String text) {
    return Address.parse(text).orElseThrow();
  }

  private static ContentFacts facts(long size, long header, boolean autoSubmitted) {
    return new ContentFacts(
        size,
        header,
        "00",
        0,
        false,
        false,
        false,
        autoSubmitted,
        Optional.of("<1@example.org>"),
        Optional.of("hello"),
        List.of());
  }

  private record Bytes(byte[] bytes) implements Content {
    @Override
    public long sizeBytes() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }
}

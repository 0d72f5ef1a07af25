package org.spillway.control;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.spillway.mail.EntryId;
import org.spillway.policy.Constraints;
import org.spillway.spool.Entry;

/**
 * The queue, as a person sees and moves it. Listings and orders first note the names of the
 * messages that are meant (some 40 bytes each) and then take them one by one, so that neither a
 * slow reader nor a long order keeps the spool waiting.
 */
public final class QueueControl {
  private static final int BATCH = 256;
  private static final int HEADER_BYTES = 64 << 10;

  private final Control.Parts parts;
  private final QueueMover mover;

  QueueControl(Control.Parts parts) {
    this.parts = parts;
    this.mover = new QueueMover(parts);
  }

  /** Shows every recipient that is meant, oldest message first. */
  public void list(QueueFilter filter, Consumer<QueueRow> sink) throws IOException {
    for (EntryId id : meant(filter)) {
      Optional<Entry> entry = parts.spool().entry(id);
      if (entry.isPresent()) {
        for (int i : recipients(filter, entry.get())) {
          sink.accept(QueueRow.of(entry.get(), i, parts.placement()));
        }
      }
    }
  }

  /**
   * Shows one message; empty when it never was or is gone. The look is audited first.
   *
   * @param withHeader true to show the header section as well
   */
  public Optional<EntryView> show(EntryId id, boolean withHeader, Hand hand) throws IOException {
    String what = "queue show " + id + (withHeader ? " --header" : "");
    note(hand, what, "", "");
    Optional<Entry> entry = parts.spool().entry(id);
    return entry.isEmpty() ? Optional.empty() : Optional.of(view(entry.get(), withHeader));
  }

  private EntryView view(Entry entry, boolean withHeader) throws IOException {
    List<QueueRow> rows = new ArrayList<>();
    List<Constraints> constraints = new ArrayList<>();
    for (int i = 0; i < entry.standings().size(); i++) {
      rows.add(QueueRow.of(entry, i, parts.placement()));
      constraints.add(entry.decision().copyOf(i).constraints());
    }
    return new EntryView(
        entry.id(),
        entry.arrival(),
        entry.direction(),
        entry.envelope().from(),
        entry.facts(),
        rows,
        constraints,
        withHeader ? Optional.of(header(entry)) : Optional.empty());
  }

  private static String header(Entry entry) throws IOException {
    int length = (int) Math.min(entry.facts().headerBytes(), HEADER_BYTES);
    try (InputStream in = entry.content().open()) {
      return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
  }

  /** Takes recipients out of the queue and keeps them until they are released. */
  public BulkResult hold(QueueFilter filter, Hand hand, Consumer<BulkResult> progress)
      throws IOException {
    return move(filter, new Order.Hold(), hand, progress);
  }

  /** Returns recipients to their sender. */
  public BulkResult bounce(QueueFilter filter, Hand hand, Consumer<BulkResult> progress)
      throws IOException {
    return move(filter, new Order.Bounce(), hand, progress);
  }

  /** Throws recipients away. */
  public BulkResult delete(QueueFilter filter, Hand hand, Consumer<BulkResult> progress)
      throws IOException {
    return move(filter, new Order.Delete(), hand, progress);
  }

  /** Lets held or quarantined recipients go on their way, under their constraints. */
  public BulkResult release(
      QueueFilter filter, Order.Release order, Hand hand, Consumer<BulkResult> progress)
      throws IOException {
    return move(filter, order, hand, progress);
  }

  /** Tries waiting messages now, whatever their back-off. */
  public BulkResult retry(QueueFilter filter, Hand hand, Consumer<BulkResult> progress)
      throws IOException {
    return each(new Bulk("retry", filter, hand, progress), (id, done) -> retry(id, filter, done));
  }

  private BulkResult move(QueueFilter filter, Order order, Hand hand, Consumer<BulkResult> progress)
      throws IOException {
    return each(
        new Bulk(order.word(), filter, hand, progress),
        (id, done) -> mover.move(id, entry -> recipients(filter, entry), order, done));
  }

  private BulkResult retry(EntryId id, QueueFilter filter, QueueMover.Done done)
      throws IOException {
    Optional<Entry> entry = parts.spool().entry(id);
    if (entry.isEmpty()) {
      return BulkResult.NONE;
    }
    List<Integer> waiting =
        recipients(filter, entry.get()).stream()
            .filter(i -> Standing.of(entry.get().standings().get(i)) == Standing.WAITING)
            .toList();
    if (waiting.isEmpty()) {
      return BulkResult.NONE;
    }
    long count = waiting.size();
    if (!parts.queue().retryNow(id)) {
      return new BulkResult(count, 0, count, 0);
    }
    done.moved(entry.get(), waiting, Optional.empty());
    return new BulkResult(count, count, 0, 0);
  }

  /** The intent is audited before the first recipient moves, and each message after it. */
  private BulkResult each(Bulk bulk, Step step) throws IOException {
    String what = "queue " + bulk.word + " " + bulk.filter;
    note(bulk.hand, what, "", "asked");
    QueueAudit lines = new QueueAudit(parts, bulk.word, bulk.hand);
    BulkResult sum = BulkResult.NONE;
    try {
      int taken = 0;
      for (EntryId id : meant(bulk.filter)) {
        sum = sum.plus(step.take(id, lines));
        if (++taken % BATCH == 0) {
          lines.write();
          bulk.progress.accept(sum);
        }
      }
    } finally { // also when the reader of the progress has gone away
      lines.write();
      note(bulk.hand, what, "", sum.done() + " of " + sum.matched() + " done");
    }
    return sum;
  }

  private Iterable<EntryId> meant(QueueFilter filter) throws IOException {
    if (!filter.ids().isEmpty()) {
      return filter.ids();
    }
    List<EntryId> seen = new ArrayList<>();
    parts
        .spool()
        .forEachLive(
            entry -> {
              if (!recipients(filter, entry).isEmpty()) {
                seen.add(entry.id());
              }
            });
    return seen;
  }

  private List<Integer> recipients(QueueFilter filter, Entry entry) {
    return filter.recipients(entry, now(), parts.placement());
  }

  private Instant now() {
    return parts.clock().instant();
  }

  private void note(Hand hand, String what, String before, String after) throws IOException {
    parts.audit().note(List.of(new Audit.Line(now(), hand.who(), what, before, after, hand.why())));
  }

  private record Bulk(String word, QueueFilter filter, Hand hand, Consumer<BulkResult> progress) {}

  private interface Step {
    BulkResult take(EntryId id, QueueMover.Done done) throws IOException;
  }
}

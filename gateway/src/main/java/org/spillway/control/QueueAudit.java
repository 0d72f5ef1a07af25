package org.spillway.control;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;
import org.spillway.store.TraceEvent;

/** Gathers what one order did to messages: into the audit by batches, into the trace at once. */
final class QueueAudit implements QueueMover.Done {
  private final Control.Parts parts;
  private final String word;
  private final Hand hand;
  private final List<Audit.Line> lines = new ArrayList<>();

  QueueAudit(Control.Parts parts, String word, Hand hand) {
    this.parts = parts;
    this.word = word;
    this.hand = hand;
  }

  @Override
  public Hand hand() {
    return hand;
  }

  @Override
  public void moved(Entry before, List<Integer> recipients, Optional<Disposition> now) {
    Instant at = parts.clock().instant();
    TreeSet<String> stood = new TreeSet<>();
    List<String> to = new ArrayList<>();
    for (int i : recipients) {
      stood.add(Standing.of(before.standings().get(i)).word());
      to.add(before.envelope().recipients().get(i).address().toString());
    }
    String after = now.map(d -> Standing.of(d).word()).orElse("waiting");
    lines.add(
        new Audit.Line(
            at,
            hand.who(),
            "queue " + word + " " + before.id() + " " + String.join(" ", to),
            String.join(" ", stood),
            after,
            hand.why()));
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("order", word);
    facts.put("by", hand.who());
    facts.put("status", after);
    if (!hand.why().isEmpty()) {
      facts.put("why", hand.why());
    }
    parts.tracker().track(new TraceEvent(at, before.id(), "admin", to, facts));
  }

  void write() throws IOException {
    if (!lines.isEmpty()) {
      parts.audit().note(lines);
      lines.clear();
    }
  }
}

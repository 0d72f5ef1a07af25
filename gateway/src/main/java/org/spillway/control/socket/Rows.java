package org.spillway.control.socket;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.spillway.control.BulkResult;
import org.spillway.control.EntryView;
import org.spillway.control.QueueRow;
import org.spillway.control.SiteControl;
import org.spillway.control.SiteControl.SiteView;
import org.spillway.control.Standing;
import org.spillway.control.Traces.TraceView;
import org.spillway.deliver.Queue.SiteQueue;
import org.spillway.mail.Arrival;
import org.spillway.mail.ContentFacts;
import org.spillway.policy.Constraints;
import org.spillway.route.Health;
import org.spillway.route.Pin;
import org.spillway.spool.Disposition;
import org.spillway.store.TraceEvent;

/**
 * Views as rows of JSON. Keys are stable: programs read them. A key without a value is left out.
 */
final class Rows {
  private Rows() {}

  static Map<String, Object> of(QueueRow row) {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("id", row.id().toString());
    cells.put("at", row.id().instant().toString());
    cells.put("sizeBytes", row.sizeBytes());
    cells.put("from", row.from().toString());
    cells.putAll(recipient(row));
    return cells;
  }

  private static Map<String, Object> recipient(QueueRow row) {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("to", row.to());
    cells.put("status", Standing.of(row.standing()).word());
    row.site().ifPresent(site -> cells.put("site", site.text()));
    cells.put("since", row.standing().at().toString());
    standing(row.standing(), cells);
    return cells;
  }

  private static void standing(Disposition standing, Map<String, Object> cells) {
    switch (standing) {
      case Disposition.Waiting waiting -> {
        cells.put("attempts", waiting.attempts());
        cells.put("notBefore", waiting.notBefore().toString());
        cells.put("why", waiting.why());
        waiting.unknownAt().ifPresent(site -> cells.put("unknownAt", site.text()));
      }
      case Disposition.Held held -> {
        cells.put("reason", word(held.why()));
        cells.put("why", held.detail());
      }
      case Disposition.Delivered delivered -> {
        cells.put("hop", delivered.hop());
        cells.put("relayed", delivered.relayed());
        delivered.spill().ifPresent(spill -> cells.put("spilledFrom", spill.from().text()));
        cells.put("why", delivered.reply());
      }
      case Disposition.Bounced bounced -> {
        cells.put("code", bounced.status());
        cells.put("why", bounced.why());
      }
      case Disposition.Expired expired -> cells.put("why", expired.why());
      case Disposition.Quarantined quarantined -> cells.put("why", quarantined.why());
      case Disposition.Discarded discarded -> {
        cells.put("by", discarded.by());
        cells.put("why", discarded.why());
      }
    }
  }

  static Map<String, Object> of(EntryView view) {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("id", view.id().toString());
    cells.put("at", view.id().instant().toString());
    cells.put("direction", word(view.direction()));
    cells.put("from", view.from().toString());
    cells.putAll(of(view.facts()));
    cells.putAll(of(view.arrival()));
    List<Map<String, Object>> recipients = new ArrayList<>();
    for (int i = 0; i < view.recipients().size(); i++) {
      Map<String, Object> recipient = recipient(view.recipients().get(i));
      Map<String, Object> constraints = of(view.constraints().get(i));
      if (!constraints.isEmpty()) {
        recipient.put("constraints", constraints);
      }
      recipients.add(recipient);
    }
    cells.put("recipients", recipients);
    view.header().ifPresent(header -> cells.put("header", header));
    return cells;
  }

  private static Map<String, Object> of(ContentFacts facts) {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("sizeBytes", facts.sizeBytes());
    facts.subject().ifPresent(subject -> cells.put("subject", subject));
    facts.messageId().ifPresent(id -> cells.put("messageId", id));
    cells.put("bodySha256", facts.bodySha256());
    return cells;
  }

  private static Map<String, Object> of(Arrival arrival) {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("client", arrival.client().getHostAddress());
    cells.put("helo", arrival.helo());
    cells.put("protocol", arrival.protocol(false));
    arrival.user().ifPresent(user -> cells.put("user", user));
    cells.put("listener", arrival.listener());
    return cells;
  }

  private static Map<String, Object> of(Constraints constraints) {
    Map<String, Object> cells = new LinkedHashMap<>();
    if (constraints.equals(Constraints.NONE)) {
      return cells;
    }
    cells.put("tls", word(constraints.tls()));
    constraints.regions().ifPresent(regions -> cells.put("regions", regions));
    cells.put("agreements", constraints.agreements());
    cells.put("denied", constraints.denied());
    cells.put("spill", constraints.spill());
    cells.put("rules", constraints.rules());
    return cells;
  }

  static Map<String, Object> of(SiteView view) {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("site", view.status().site().text());
    cells.put("kind", word(view.status().kind()));
    cells.putAll(of(view.status().health()));
    view.status().pin().ifPresent(pin -> cells.put("pin", of(pin)));
    view.queue().ifPresent(queue -> cells.putAll(of(queue)));
    cells.put("lastReply", view.status().lastReply());
    List<Map<String, Object>> hosts = new ArrayList<>();
    view.status()
        .hosts()
        .forEach(
            (name, health) -> {
              Map<String, Object> host = new LinkedHashMap<>();
              host.put("host", name);
              host.putAll(of(health));
              hosts.add(host);
            });
    cells.put("hosts", hosts);
    return cells;
  }

  /** Recipients that no site may take: a row without a site. */
  static Map<String, Object> nowhere(SiteQueue queue) {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("health", "nowhere");
    cells.putAll(of(queue));
    return cells;
  }

  private static Map<String, Object> of(Health health) {
    String word =
        switch (health) {
          case Health.Up _ -> "up";
          case Health.Suspect _ -> "suspect";
          case Health.Down _ -> "down";
          case Health.Drained _ -> "drained";
        };
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("health", word);
    cells.put("since", health.since().toString());
    cells.put("why", health.why());
    return cells;
  }

  private static Map<String, Object> of(Pin pin) {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("kind", SiteControl.word(pin.kind()));
    cells.put("until", pin.until().toString());
    cells.put("by", pin.by());
    cells.put("why", pin.why());
    return cells;
  }

  private static Map<String, Object> of(SiteQueue queue) {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("waiting", queue.waiting());
    cells.put("inFlight", queue.inFlight());
    cells.put("connections", queue.connections());
    cells.put("oldestSeconds", queue.oldest().toSeconds());
    return cells;
  }

  static Map<String, Object> of(TraceView view) {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("id", view.id().toString());
    cells.put("at", view.id().instant().toString());
    cells.put("from", view.from());
    cells.put("to", view.to());
    cells.put("events", view.events().stream().map(Rows::of).toList());
    return cells;
  }

  private static Map<String, Object> of(TraceEvent event) {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("at", event.at().toString());
    cells.put("kind", event.kind());
    cells.put("recipients", event.recipients());
    cells.put("facts", event.facts());
    return cells;
  }

  static Map<String, Object> of(BulkResult result) {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("matched", result.matched());
    cells.put("done", result.done());
    cells.put("inFlight", result.inFlight());
    cells.put("failed", result.failed());
    return cells;
  }

  static Map<String, Object> problem(String problem) {
    return Map.of("problem", problem);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

package org.spillway.control;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.spillway.mail.Direction;
import org.spillway.report.Reporter;
import org.spillway.route.RouteTable;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;
import org.spillway.store.TraceEvent;
import org.spillway.store.Tracker;

/** A node whose parts are in memory. What its parts are told, in order, is its story. */
public final class FakeNode {
  /** What time it is there. */
  public static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

  /** What the parts were told, in order. */
  public final List<String> story = Collections.synchronizedList(new ArrayList<>());

  public final FakeSpool spool = new FakeSpool(story);
  public final FakeQueue queue = new FakeQueue(story);
  public final FakeSites sites = new FakeSites(NOW);

  /** The lines of the audit. */
  public final List<Audit.Line> audit = Collections.synchronizedList(new ArrayList<>());

  /** What the tracker was told. */
  public final List<TraceEvent> events = Collections.synchronizedList(new ArrayList<>());

  /** What a search for traces finds. */
  public final List<Traces.TraceView> traces = new ArrayList<>();

  /** What a reload comes to. */
  public Reloader.Result reload = new Reloader.Result.Reloaded(List.of("site cloud: new limits"));

  /** What is wrong with the spool. */
  public List<String> spoolProblems = List.of();

  /** When set, nothing can be audited. */
  public volatile boolean auditFull;

  /** What looks into the spool's files. */
  public final SpoolInspection inspection = new Files();

  /** The control of this node. */
  public final Control control = new Control(parts());

  private Control.Parts parts() {
    return new Control.Parts(
        spool,
        queue,
        sites,
        new Told(),
        new Seen(),
        this::find,
        () -> reload,
        inspection,
        this::note,
        Placement.byRoute(FakeNode::routes),
        () -> NOW,
        "Spillway 0.1.0");
  }

  private List<Traces.TraceView> find(Traces.TraceFilter filter) {
    story.add("find from=" + filter.from().orElse("any"));
    return List.copyOf(traces);
  }

  private static RouteTable routes() {
    return new RouteTable(
        List.of(
            new RouteTable.Route(Direction.INBOUND, List.of(), List.of(new SiteName("onprem"))),
            new RouteTable.Route(
                Direction.OUTBOUND,
                List.of(),
                List.of(new SiteName("cloud"), new SiteName("onprem")))));
  }

  private void note(List<Audit.Line> lines) throws IOException {
    if (auditFull) {
      throw new IOException("No space left on device");
    }
    story.add("audit " + lines.size());
    audit.addAll(lines);
  }

  private final class Told implements Reporter {
    @Override
    public void settled(Entry entry, Map<Integer, Disposition> now) {
      story.add("report " + now.keySet());
    }

    @Override
    public void delayed(Entry entry, Set<Integer> recipients, String why) {}
  }

  private final class Seen implements Tracker {
    @Override
    public void track(TraceEvent event) {
      events.add(event);
    }

    @Override
    public void close() {}
  }

  private final class Files implements SpoolInspection {
    @Override
    public List<String> verify(Consumer<Map<String, Object>> row) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("segment", "0000000000000001.seg");
      facts.put("records", 12L);
      row.accept(facts);
      return spoolProblems;
    }

    @Override
    public void dump(Consumer<Map<String, Object>> row) {
      for (org.spillway.mail.EntryId id : spool.entries.keySet()) {
        row.accept(Map.of("accept", id.toString()));
      }
    }
  }
}

package org.spillway.control;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.spillway.deliver.Queue;
import org.spillway.report.Reporter;
import org.spillway.route.SiteBoard;
import org.spillway.spool.Spool;
import org.spillway.store.Tracker;

/**
 * What a person may ask of a running node, whoever carries the question: the socket of the command
 * line or the console. May be used from any thread.
 */
public final class Control {
  private final Parts parts;
  private final QueueControl queue;
  private final SiteControl sites;

  /**
   * What it looks at and acts on.
   *
   * @param spool the mail
   * @param queue what waits; {@link Queue#add} must leave alone what it already has
   * @param sites health and pins
   * @param reporter tells senders of a bounce
   * @param tracker takes the trace of what an admin did
   * @param traces what is known of messages
   * @param reloader reads the configuration again
   * @param inspection looks into the spool's files
   * @param audit where each action goes
   * @param placement where mail belongs
   * @param clock the time
   * @param version of the product, as {@code spillway version} shows it
   */
  public record Parts(
      Spool spool,
      Queue queue,
      SiteBoard sites,
      Reporter reporter,
      Tracker tracker,
      Traces traces,
      Reloader reloader,
      SpoolInspection inspection,
      Audit audit,
      Placement placement,
      InstantSource clock,
      String version) {}

  public Control(Parts parts) {
    this.parts = parts;
    this.queue = new QueueControl(parts);
    this.sites = new SiteControl(parts);
  }

  /** The queue. */
  public QueueControl queue() {
    return queue;
  }

  /** The sites. */
  public SiteControl sites() {
    return sites;
  }

  /** The stories of messages; the look is audited first. */
  public List<Traces.TraceView> trace(Traces.TraceFilter filter, Hand hand) throws IOException {
    note(hand, "trace " + filter, "");
    return parts.traces().find(filter);
  }

  /** Reads the configuration again; the wish is audited first, and what came of it after. */
  public Reloader.Result reload(Hand hand) throws IOException {
    note(hand, "reload", "asked");
    Reloader.Result result = parts.reloader().reload();
    note(
        hand,
        "reload",
        switch (result) {
          case Reloader.Result.Reloaded done -> "in force, " + done.changes().size() + " changes";
          case Reloader.Result.Refused no -> "refused, " + no.problems().size() + " problems";
        });
    return result;
  }

  /** Checks the spool's files while the node runs; see {@link SpoolInspection#verify}. */
  public List<String> verifySpool(Hand hand, Consumer<Map<String, Object>> row) throws IOException {
    note(hand, "spool verify", "");
    return parts.inspection().verify(row);
  }

  /** Shows the spool's records while the node runs; see {@link SpoolInspection#dump}. */
  public void dumpSpool(Hand hand, Consumer<Map<String, Object>> row) throws IOException {
    note(hand, "spool dump", "");
    parts.inspection().dump(row);
  }

  /** Of the product that runs here. */
  public String version() {
    return parts.version();
  }

  /** The node's time, for ages. */
  public InstantSource clock() {
    return parts.clock();
  }

  private void note(Hand hand, String what, String after) throws IOException {
    parts
        .audit()
        .note(
            List.of(
                new Audit.Line(parts.clock().instant(), hand.who(), what, "", after, hand.why())));
  }
}

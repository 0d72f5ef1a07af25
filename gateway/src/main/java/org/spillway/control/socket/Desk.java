package org.spillway.control.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.control.BulkResult;
import org.spillway.control.Control;
import org.spillway.control.EntryView;
import org.spillway.control.Hand;
import org.spillway.control.Order;
import org.spillway.control.QueueFilter;
import org.spillway.control.Reloader;
import org.spillway.control.SiteControl;
import org.spillway.control.Traces;
import org.spillway.deliver.Queue;
import org.spillway.mail.EntryId;
import org.spillway.route.Pin;
import org.spillway.route.SiteName;

/**
 * Answers requests, whoever carries them: the request's words to {@link Control}, views to rows.
 */
final class Desk {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  private final Control control;

  Desk(Control control) {
    this.control = control;
  }

  /**
   * Answers one request. Never throws but when the answer cannot be written.
   *
   * @param who the person at the other end
   */
  End answer(Request request, String who, Answer answer) throws IOException {
    try {
      Args args = new Args(request.args());
      Hand hand = new Hand(who, args.text("why").orElse(""));
      return answer(request.ask(), args, hand, answer);
    } catch (Args.BadAsk bad) {
      return new End(Exit.USAGE, bad.getMessage());
    } catch (Sink.Gone gone) {
      throw gone.getCause();
    } catch (UncheckedIOException failed) {
      return failed(request, failed.getCause());
    } catch (IOException | RuntimeException failed) {
      return failed(request, failed);
    }
  }

  private static End failed(Request request, Exception failed) {
    LOG.warn("{} failed", request.ask(), failed);
    return new End(Exit.FAILED, "It failed: " + failed.getMessage() + "; see the node's log.");
  }

  private End answer(String ask, Args args, Hand hand, Answer answer)
      throws IOException, Args.BadAsk {
    return switch (ask) {
      case "queue.list" -> list(args, answer);
      case "queue.show" -> show(args, hand, answer);
      case "queue.hold", "queue.release", "queue.retry", "queue.bounce", "queue.delete" ->
          bulk(ask, args, hand, answer);
      case "trace" -> trace(args, hand, answer);
      case "site.list" -> sites(args, answer);
      case "site.pin" -> pin(args, hand);
      case "site.unpin" -> unpin(args, hand);
      case "spool.verify" -> verify(args, hand, answer);
      case "spool.dump" -> dump(args, hand, answer);
      case "reload" -> reload(args, hand, answer);
      case "version" -> version(args, answer);
      default ->
          new End(Exit.USAGE, "The node does not know \"" + ask + "\"; use its own spillway.");
    };
  }

  private End list(Args args, Answer answer) throws IOException, Args.BadAsk {
    args.only(true, Set.of());
    Sink sink = new Sink(answer);
    control.queue().list(args.filter(), row -> sink.accept(Rows.of(row)));
    return sink.rows() > 0 ? End.OK : new End(Exit.NOTHING, "Nothing in the queue matches.");
  }

  private End show(Args args, Hand hand, Answer answer) throws IOException, Args.BadAsk {
    args.only(false, Set.of("id", "header", "why"));
    EntryId id = args.id();
    Optional<EntryView> view = control.queue().show(id, args.flag("header"), hand);
    if (view.isEmpty()) {
      return new End(
          Exit.NOTHING, id + " is not in the queue; \"spillway trace " + id + "\" has its story.");
    }
    new Sink(answer).accept(Rows.of(view.get()));
    return End.OK;
  }

  private End bulk(String ask, Args args, Hand hand, Answer answer)
      throws IOException, Args.BadAsk {
    boolean release = ask.equals("queue.release");
    args.only(true, release ? Set.of("why", "yes", "any-site") : Set.of("why", "yes"));
    QueueFilter filter = args.filter();
    if (filter.isAll() && !args.flag("yes")) {
      return new End(
          Exit.USAGE, "This means the whole queue: name messages, give a filter, or say --yes.");
    }
    Consumer<BulkResult> progress = new Sink(answer)::progress;
    BulkResult result =
        switch (ask) {
          case "queue.hold" -> control.queue().hold(filter, hand, progress);
          case "queue.bounce" -> control.queue().bounce(filter, hand, progress);
          case "queue.delete" -> control.queue().delete(filter, hand, progress);
          case "queue.retry" -> control.queue().retry(filter, hand, progress);
          default ->
              control
                  .queue()
                  .release(filter, new Order.Release(args.flag("any-site")), hand, progress);
        };
    new Sink(answer).accept(Rows.of(result));
    return end(result);
  }

  private static End end(BulkResult result) {
    if (result.matched() == 0) {
      return new End(Exit.NOTHING, "Nothing in the queue matches that this could be done to.");
    }
    if (result.isWhole()) {
      return End.OK;
    }
    String say =
        result.failed() > 0
            ? result.failed() + " could not be settled; the node's log says why."
            : result.inFlight()
                + " left alone because a delivery had them at that moment; try again.";
    return new End(Exit.FAILED, say);
  }

  private End trace(Args args, Hand hand, Answer answer) throws IOException, Args.BadAsk {
    args.only(false, Set.of("id", "from", "to", "since", "limit", "why"));
    List<Traces.TraceView> views = control.trace(args.traces(), hand);
    Sink sink = new Sink(answer);
    views.forEach(view -> sink.accept(Rows.of(view)));
    return views.isEmpty() ? new End(Exit.NOTHING, "No trace matches.") : End.OK;
  }

  private End sites(Args args, Answer answer) throws Args.BadAsk {
    args.only(false, Set.of());
    Sink sink = new Sink(answer);
    control.sites().list().forEach(view -> sink.accept(Rows.of(view)));
    control
        .sites()
        .nowhere()
        .filter((Queue.SiteQueue queue) -> queue.waiting() > 0)
        .ifPresent(queue -> sink.accept(Rows.nowhere(queue)));
    return sink.rows() > 0 ? End.OK : new End(Exit.NOTHING, "The configuration has no sites.");
  }

  private End pin(Args args, Hand hand) throws IOException, Args.BadAsk {
    args.only(false, Set.of("site", "pin", "for", "why"));
    SiteName site = args.site();
    Pin.Kind kind = args.pin();
    return control.sites().pin(site, kind, args.lasts(SiteControl.LONGEST_PIN), hand)
        ? End.OK
        : noSite(site);
  }

  private End unpin(Args args, Hand hand) throws IOException, Args.BadAsk {
    args.only(false, Set.of("site", "why"));
    SiteName site = args.site();
    if (!control.sites().exists(site)) {
      return noSite(site);
    }
    return control.sites().unpin(site, hand)
        ? End.OK
        : new End(Exit.NOTHING, "Site " + site + " has no pin.");
  }

  private static End noSite(SiteName site) {
    return new End(
        Exit.NOTHING, "There is no site " + site + "; \"spillway site list\" names them all.");
  }

  private End verify(Args args, Hand hand, Answer answer) throws IOException, Args.BadAsk {
    args.only(false, Set.of("why"));
    Sink sink = new Sink(answer);
    List<String> problems = control.verifySpool(hand, sink);
    problems.forEach(problem -> sink.accept(Rows.problem(problem)));
    return problems.isEmpty()
        ? End.OK
        : new End(Exit.FAILED, "The spool is not sound: " + problems.size() + " problems.");
  }

  private End dump(Args args, Hand hand, Answer answer) throws IOException, Args.BadAsk {
    args.only(false, Set.of("why"));
    Sink sink = new Sink(answer);
    control.dumpSpool(hand, sink);
    return sink.rows() > 0 ? End.OK : new End(Exit.NOTHING, "The spool is empty.");
  }

  private End reload(Args args, Hand hand, Answer answer) throws IOException, Args.BadAsk {
    args.only(false, Set.of("why"));
    Sink sink = new Sink(answer);
    return switch (control.reload(hand)) {
      case Reloader.Result.Reloaded done -> {
        done.changes().forEach(change -> sink.accept(Map.of("change", change)));
        yield End.OK;
      }
      case Reloader.Result.Refused no -> {
        no.problems().forEach(problem -> sink.accept(Rows.problem(problem)));
        yield new End(
            Exit.REFUSED, "Nothing was reloaded; mend the file and try again. The old one stays.");
      }
    };
  }

  private End version(Args args, Answer answer) throws Args.BadAsk {
    args.only(false, Set.of());
    new Sink(answer).accept(Map.of("version", control.version()));
    return End.OK;
  }
}

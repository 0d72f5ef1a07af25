package org.spillway.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.spillway.control.Json;
import org.spillway.control.socket.ControlClient;
import org.spillway.control.socket.End;
import org.spillway.control.socket.Exit;
import org.spillway.control.socket.Request;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks the running node. Each says what it asks, and how a row looks. */
abstract class ClientCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Where where;

  @Option(
      names = "--json",
      description = "Print one JSON object a line, with stable keys, for programs.")
  private boolean json;

  private final Map<String, List<String>> args = new LinkedHashMap<>();

  /** The request's word, for example {@code queue.list}. */
  protected abstract String ask();

  /** Gives the request its arguments. */
  protected abstract void fill() throws Failure;

  /** What shows rows to a person. */
  protected abstract View view(PrintWriter out);

  /** Shows rows; closed after the last one. */
  protected interface View extends AutoCloseable {
    /** Shows one row, perhaps later. */
    void show(Map<String, Object> row);

    /** Shows what is left. */
    @Override
    void close();
  }

  @Override
  public final Integer call() throws IOException, Failure {
    fill();
    PrintWriter out = spec.commandLine().getOut();
    End end;
    try (View view = json ? new JsonLines(out) : view(out)) {
      end = ask(new Request(ask(), args), row -> show(view, row, out));
    } catch (ReaderGone headOrLess) {
      return Exit.OK.code();
    }
    out.flush();
    if (!end.say().isEmpty()) {
      err().println("spillway: " + end.say());
    }
    return end.exit().code();
  }

  /** Asks; a command that can do without a node does it here. */
  protected End ask(Request request, Consumer<Map<String, Object>> row)
      throws IOException, Failure {
    try {
      return where.client(world()).ask(request, row, this::progress);
    } catch (ControlClient.NotRunning nobody) {
      throw new Failure(
          Exit.NOT_RUNNING, nobody.getMessage() + "; start it with \"spillway run\".");
    }
  }

  private void progress(Map<String, Object> cells) {
    err().println("... " + cells.get("done") + " of " + cells.get("matched") + " so far");
  }

  private static void show(View view, Map<String, Object> row, PrintWriter out) {
    view.show(row);
    if (out.checkError()) {
      throw new ReaderGone();
    }
  }

  protected final void put(String key, Object value) {
    args.computeIfAbsent(key, _ -> new ArrayList<>()).add(value.toString());
  }

  protected final void put(String key, Optional<?> value) {
    value.ifPresent(v -> put(key, v));
  }

  protected final Where where() {
    return where;
  }

  protected final World world() {
    return Spillway.world(spec);
  }

  protected final Wiring wiring() {
    return Spillway.wiring(spec);
  }

  protected final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private record JsonLines(PrintWriter out) implements View {
    @Override
    public void show(Map<String, Object> row) {
      out.println(Json.text(row));
    }

    @Override
    public void close() {
      out.flush();
    }
  }

  /** Whoever reads our output has seen enough. */
  private static final class ReaderGone extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}

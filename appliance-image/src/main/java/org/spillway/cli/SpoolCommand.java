package org.spillway.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Consumer;
import org.spillway.control.SpoolInspection;
import org.spillway.control.socket.ControlClient;
import org.spillway.control.socket.End;
import org.spillway.control.socket.Request;

/** A look into the spool: by the running node, or at its files when none runs. */
abstract class SpoolCommand extends ClientCommand {
  @Override
  protected final void fill() {}

  /** The same without a node. */
  protected abstract End offline(SpoolInspection spool, Consumer<Map<String, Object>> row)
      throws IOException;

  @Override
  protected final End ask(Request request, Consumer<Map<String, Object>> row)
      throws IOException, Failure {
    ControlClient client = where().client(world());
    try {
      return client.ask(request, row, _ -> {});
    } catch (ControlClient.NotRunning nobody) {
      return offline(wiring().spool(where().config().path(world())), row);
    }
  }

  @Override
  protected final View view(PrintWriter out) {
    return new Lines(out, row -> out.println(Lines.facts(row)));
  }
}

package org.spillway.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.spillway.control.SpoolInspection;
import org.spillway.control.socket.End;
import org.spillway.control.socket.Exit;
import picocli.CommandLine.Command;

/** {@code spillway spool dump}. */
@Command(
    name = "dump",
    description = "Show the records of the spool, a line each, without any content of mail.",
    footer = {"", "Example:", "  spillway spool dump --json"})
final class SpoolDump extends SpoolCommand {
  @Override
  protected String ask() {
    return "spool.dump";
  }

  @Override
  protected End offline(SpoolInspection spool, Consumer<Map<String, Object>> row)
      throws IOException {
    AtomicLong rows = new AtomicLong();
    spool.dump(
        cells -> {
          rows.incrementAndGet();
          row.accept(cells);
        });
    return rows.get() > 0 ? new End(Exit.OK, "") : new End(Exit.NOTHING, "The spool is empty.");
  }
}

package org.spillway.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.spillway.control.SpoolInspection;
import org.spillway.control.socket.End;
import org.spillway.control.socket.Exit;
import picocli.CommandLine.Command;

/** {@code spillway spool verify}. */
@Command(
    name = "verify",
    description = {
      "Read every file of the spool and check each record.",
      "A running node does it beside its work; when none runs the files are read as they are."
    },
    footer = {"", "Example:", "  spillway spool verify && echo sound"})
final class SpoolVerify extends SpoolCommand {
  @Override
  protected String ask() {
    return "spool.verify";
  }

  @Override
  protected End offline(SpoolInspection spool, Consumer<Map<String, Object>> row)
      throws IOException {
    List<String> problems = spool.verify(row);
    problems.forEach(problem -> row.accept(Map.of("problem", problem)));
    return problems.isEmpty()
        ? new End(Exit.OK, "")
        : new End(Exit.FAILED, "The spool is not sound: " + problems.size() + " problems.");
  }
}

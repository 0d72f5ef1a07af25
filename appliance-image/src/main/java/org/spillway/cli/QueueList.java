package org.spillway.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code spillway queue list}: a row a recipient. */
@Command(
    name = "list",
    description = {
      "List the recipients that wait or are held, oldest first.",
      "Columns: message, age since it was accepted, size, status, attempts, time to the next one, "
          + "site where it belongs, sender, recipient, and why it is still here."
    },
    footer = {
      "",
      "Examples:",
      "  spillway queue list --site onprem --older 2h",
      "  spillway queue list --status held --json | jq -r .id"
    })
final class QueueList extends ClientCommand {
  private static final List<String> HEADS =
      List.of("ID", "AGE", "SIZE", "STATUS", "TRIES", "NEXT", "SITE", "FROM", "TO", "WHY");

  @Mixin private Selection selection;

  @Override
  protected String ask() {
    return "queue.list";
  }

  @Override
  protected void fill() {
    selection.fill(this);
  }

  @Override
  protected View view(PrintWriter out) {
    Instant now = world().clock().instant();
    return new Table(out, HEADS, row -> cells(row, now));
  }

  private static List<String> cells(Map<String, Object> row, Instant now) {
    return List.of(
        Words.text(row, "id"),
        Words.age(row, "at", now),
        row.get("sizeBytes") instanceof Long bytes ? Words.size(bytes) : "-",
        Words.text(row, "status"),
        Words.text(row, "attempts"),
        Words.until(row, "notBefore", now),
        Words.text(row, "site"),
        Words.path(row, "from"),
        Words.text(row, "to"),
        Words.why(row));
  }
}

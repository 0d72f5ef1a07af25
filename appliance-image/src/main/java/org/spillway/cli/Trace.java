package org.spillway.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spillway.control.socket.Exit;
import org.spillway.mail.EntryId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spillway trace}: what happened to messages. */
@Command(
    name = "trace",
    description = {
      "Show what happened to messages, newest first, those that are gone among them.",
      "The look is written to the audit."
    },
    footer = {
      "",
      "Examples:",
      "  spillway trace 01KAT3YB8R0000000000000000",
      "  spillway trace --to carol@example.org --since 2h",
      "  spillway trace --from @example.com --since 2026-11-01 --json"
    })
final class Trace extends ClientCommand {
  @Parameters(paramLabel = "ID", arity = "0..1", description = "The message.")
  private Optional<EntryId> id = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      description = "The sender: an address, @domain, or <>.")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      description = "A recipient: an address or @domain.")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Accepted then or later: 2h (ago), 2026-11-24, or 2026-11-24T05:00:00Z (UTC).")
  private Optional<Instant> since = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Most messages to show, up to 10000. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--why", paramLabel = "REASON", description = "The reason, for the audit.")
  private String why = "";

  @Override
  protected String ask() {
    return "trace";
  }

  @Override
  protected void fill() throws Failure {
    if (id.isEmpty() && from.isEmpty() && to.isEmpty() && since.isEmpty()) {
      throw new Failure(Exit.USAGE, "Say which messages: an ID, --from, --to or --since.");
    }
    put("id", id);
    put("from", from);
    put("to", to);
    put("since", since);
    put("limit", limit);
    put("why", why);
  }

  @Override
  protected View view(PrintWriter out) {
    return new Lines(out, row -> print(out, row));
  }

  private static void print(PrintWriter out, Map<String, Object> row) {
    String to = row.get("to") instanceof List<?> list ? words(list) : "-";
    out.println(Words.text(row, "id") + "  from " + Words.path(row, "from") + " to " + to);
    if (row.get("events") instanceof List<?> events) {
      events.stream()
          .filter(Map.class::isInstance)
          .map(event -> (Map<?, ?>) event)
          .forEach(event -> event(out, event));
    }
  }

  private static void event(PrintWriter out, Map<?, ?> event) {
    String to = event.get("recipients") instanceof List<?> list ? words(list) : "";
    String facts = event.get("facts") instanceof Map<?, ?> map ? Lines.facts(map) : "";
    String words = Words.safe(to) + (to.isEmpty() || facts.isEmpty() ? "" : "  ") + facts;
    out.println(
        String.format("  %-24s  %-11s  %s", event.get("at"), event.get("kind"), words)
            .stripTrailing());
  }

  private static String words(List<?> list) {
    return Words.safe(String.join(", ", list.stream().map(Object::toString).toList()));
  }
}

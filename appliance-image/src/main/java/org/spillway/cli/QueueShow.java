package org.spillway.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.spillway.mail.EntryId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spillway queue show}: one message. */
@Command(
    name = "show",
    description = {
      "Show one message in the queue and how each of its recipients stands.",
      "The look is written to the audit."
    },
    footer = {"", "Example:", "  spillway queue show 01KAT3YB8R0000000000000000 --header"})
final class QueueShow extends ClientCommand {
  private static final List<String> HEADS =
      List.of("TO", "STATUS", "SINCE", "TRIES", "NEXT", "SITE", "WHY");
  private static final List<String> SHOWN_ELSEWHERE =
      List.of("id", "at", "sizeBytes", "from", "recipients", "header");

  @Parameters(paramLabel = "ID", description = "The message.")
  private EntryId id;

  @Option(names = "--header", description = "Show the header section as well, up to 64 KiB.")
  private boolean header;

  @Option(names = "--why", paramLabel = "REASON", description = "The reason, for the audit.")
  private String why = "";

  @Override
  protected String ask() {
    return "queue.show";
  }

  @Override
  protected void fill() {
    put("id", id);
    put("header", header);
    put("why", why);
  }

  @Override
  protected View view(PrintWriter out) {
    Instant now = world().clock().instant();
    return new Lines(out, row -> print(out, row, now));
  }

  private static void print(PrintWriter out, Map<String, Object> row, Instant now) {
    out.println(
        Words.text(row, "id")
            + "  accepted "
            + Words.text(row, "at")
            + ", "
            + Words.age(row, "at", now)
            + " ago");
    line(out, "from", Words.path(row, "from"));
    line(out, "size", row.get("sizeBytes") instanceof Long bytes ? Words.size(bytes) : "-");
    row.forEach(
        (key, value) -> {
          if (!SHOWN_ELSEWHERE.contains(key)) {
            line(out, key, Words.safe(value.toString()));
          }
        });
    out.println();
    try (Table table = new Table(out, HEADS, recipient -> cells(recipient, now))) {
      rows(row.get("recipients")).forEach(table::show);
    }
    constraints(out, row);
    if (row.get("header") instanceof String text) {
      out.println();
      text.lines().forEach(line -> out.println(Words.safe(line)));
    }
  }

  private static void constraints(PrintWriter out, Map<String, Object> row) {
    for (Map<String, Object> recipient : rows(row.get("recipients"))) {
      if (recipient.get("constraints") instanceof Map<?, ?> bound) {
        out.println();
        out.println(Words.text(recipient, "to") + " is bound by " + Lines.facts(bound));
      }
    }
  }

  @SuppressWarnings("unchecked") // JSON objects have text as keys
  private static List<Map<String, Object>> rows(Object list) {
    return list instanceof List<?> rows
        ? rows.stream().map(row -> (Map<String, Object>) row).toList()
        : List.of();
  }

  private static void line(PrintWriter out, String key, String value) {
    out.printf("  %-11s %s%n", key, value);
  }

  private static List<String> cells(Map<String, Object> row, Instant now) {
    return List.of(
        Words.text(row, "to"),
        Words.text(row, "status"),
        Words.age(row, "since", now),
        Words.text(row, "attempts"),
        Words.until(row, "notBefore", now),
        Words.text(row, "site"),
        Words.why(row));
  }
}

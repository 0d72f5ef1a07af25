package org.spillway.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code spillway site list}: a row a site. */
@Command(
    name = "list",
    description = {
      "List the sites: health since when and why, pin, and what is in line.",
      "The row without a name counts recipients that no site may take now.",
      "--json shows each host and the last reply as well."
    },
    footer = {"", "Example:", "  spillway site list --json | jq 'select(.health != \"up\")'"})
final class SiteList extends ClientCommand {
  private static final List<String> HEADS =
      List.of("SITE", "KIND", "HEALTH", "SINCE", "PIN", "WAITING", "IN-FLIGHT", "OLDEST", "WHY");

  @Override
  protected String ask() {
    return "site.list";
  }

  @Override
  protected void fill() {}

  @Override
  protected View view(PrintWriter out) {
    Instant now = world().clock().instant();
    return new Table(out, HEADS, row -> cells(row, now));
  }

  private static List<String> cells(Map<String, Object> row, Instant now) {
    return List.of(
        Words.text(row, "site"),
        Words.text(row, "kind"),
        Words.text(row, "health"),
        Words.age(row, "since", now),
        pin(row, now),
        Words.text(row, "waiting"),
        Words.text(row, "inFlight"),
        row.get("oldestSeconds") instanceof Long s && s > 0
            ? Words.duration(Duration.ofSeconds(s))
            : "-",
        Words.text(row, "why"));
  }

  @SuppressWarnings("unchecked") // JSON objects have text as keys
  private static String pin(Map<String, Object> row, Instant now) {
    return row.get("pin") instanceof Map<?, ?> pin
        ? pin.get("kind") + " " + Words.until((Map<String, ?>) pin, "until", now)
        : "-";
  }
}

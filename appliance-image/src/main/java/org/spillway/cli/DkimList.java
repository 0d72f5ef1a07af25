package org.spillway.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.spillway.auth.dkim.keys.DkimKeys;
import org.spillway.auth.dkim.keys.Rotation;
import org.spillway.auth.dkim.keys.Selector;
import org.spillway.control.Json;
import org.spillway.control.socket.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spillway dkim list}. */
@Command(
    name = "list",
    description = "List the keys: domain, selector, kind, stage and the name of the record.",
    footer = {"", "Example:", "  spillway dkim list --json"})
final class DkimList implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigFile config;

  @Option(names = "--json", description = "Print a JSON object a line.")
  private boolean json;

  @Override
  public Integer call() throws Failure, IOException {
    World world = Spillway.world(spec);
    DkimKeys keys = Dkim.read(Dkim.folder(config, world));
    PrintWriter out = spec.commandLine().getOut();
    ClientCommand.View view =
        json
            ? new Lines(out, row -> out.println(Json.text(row)))
            : new Table(
                out,
                List.of("DOMAIN", "SELECTOR", "ALGORITHM", "BITS", "STAGE", "RECORD"),
                row -> row.values().stream().map(Object::toString).toList());
    keys.selectors().forEach(s -> view.show(row(s, world.clock().instant())));
    view.close();
    return keys.selectors().isEmpty() ? Exit.NOTHING.code() : Exit.OK.code();
  }

  private static Map<String, Object> row(Selector selector, Instant now) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("domain", selector.domain().name());
    row.put("selector", selector.name());
    row.put("algorithm", selector.file().key().algorithm().text());
    row.put("bits", (long) selector.file().key().bits());
    row.put("stage", selector.stage(Rotation.USUAL, now).name().toLowerCase(Locale.ROOT));
    row.put("record", selector.recordName());
    return row;
  }
}

package org.spillway.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.spillway.auth.dkim.keys.KeyFolder;
import org.spillway.auth.dkim.keys.RotationStep;
import org.spillway.control.socket.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code spillway dkim rotate}. */
@Command(
    name = "rotate",
    description = {
      "Do what is due: make the keys that follow those whose time ends, and say which records to",
      "publish and which to take away. Run it once a day; it does nothing twice."
    },
    footer = {"", "Example:", "  spillway dkim rotate && spillway reload"})
final class DkimRotate implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigFile config;

  @Override
  public Integer call() throws Failure, IOException {
    World world = Spillway.world(spec);
    KeyFolder folder = Dkim.folder(config, world);
    Instant now = world.clock().instant();
    List<RotationStep> due = Dkim.read(folder).due(now);
    PrintWriter out = spec.commandLine().getOut();
    for (RotationStep step : due) {
      take(step, folder, now, out);
    }
    out.flush();
    return due.isEmpty() ? Exit.NOTHING.code() : Exit.OK.code();
  }

  private static void take(RotationStep step, KeyFolder folder, Instant now, PrintWriter out)
      throws IOException {
    switch (step) {
      case RotationStep.Create create -> {
        out.println("; new: publish");
        DkimRecord.print(
            folder.create(create.domain(), create.name(), create.algorithm(), Optional.of(now)),
            out);
      }
      case RotationStep.Publish publish -> {
        out.println("; publish, if it is not there yet");
        DkimRecord.print(publish.selector(), out);
      }
      case RotationStep.Overdue overdue ->
          out.println(
              "; signs past its time for want of another: " + overdue.selector().recordName());
      case RotationStep.Withdraw withdraw ->
          out.println("; take the record away, then the file: " + withdraw.selector().recordName());
    }
  }
}

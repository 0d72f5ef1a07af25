package org.spillway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.spillway.control.socket.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code spillway run}: the node itself. */
@Command(
    name = "run",
    description = {
      "Run a node in the foreground until SIGTERM or SIGINT.",
      "Then it finishes the dialogs under way, stops deliveries, closes the spool, and exits with"
          + " 0."
    },
    footer = {"", "Example:", "  spillway run -c /etc/spillway/spillway.yaml"})
final class Run implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigFile config;

  @Override
  public Integer call() throws Failure, IOException {
    Wiring wiring = Spillway.wiring(spec);
    Path file = config.path(Spillway.world(spec));
    Wiring.Checked checked = wiring.check(file, false);
    if (!checked.problems().isEmpty()) {
      checked.problems().forEach(spec.commandLine().getErr()::println);
      throw new Failure(Exit.REFUSED, file + " is not good; mend it and start again.");
    }
    checked.warnings().forEach(w -> spec.commandLine().getErr().println("warning: " + w));
    Wiring.Service service = wiring.service(file);
    service.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service), "stop"));
    awaitSignal();
    return Exit.OK.code();
  }

  /**
   * The JVM would exit with 143 after SIGTERM; a clean stop is a 0, and halting here makes it so.
   */
  private void stop(Wiring.Service service) {
    try {
      service.stop();
      Runtime.getRuntime().halt(Exit.OK.code());
    } catch (IOException | RuntimeException failed) {
      spec.commandLine().getErr().println("spillway: The stop failed: " + failed.getMessage());
      Runtime.getRuntime().halt(Exit.FAILED.code());
    }
  }

  private static void awaitSignal() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}

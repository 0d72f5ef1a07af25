package org.spillway.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.spillway.Gateway;
import org.spillway.SpoolLook;
import org.spillway.config.Config;
import org.spillway.config.Problem;
import org.spillway.config.Settings;
import org.spillway.control.SpoolInspection;
import org.spillway.log.EventLog;
import org.spillway.log.LineSink;
import org.spillway.log.LogForm;
import org.spillway.log.LogSetup;
import org.spillway.mail.Secret;
import org.spillway.smtp.server.FileAccounts;

/** The command line with the gateway behind it. */
final class Wired implements Wiring {
  private final World world;

  Wired(World world) {
    this.world = world;
  }

  @Override
  public Checked check(Path config, boolean elsewhere) {
    Config.MissingFiles missing = elsewhere ? Config.MissingFiles.WARN : Config.MissingFiles.REFUSE;
    return switch (Config.load(config, world.environment(), missing)) {
      case Config.Loaded loaded -> new Checked(List.of(), lines(loaded.warnings()));
      case Config.Invalid invalid -> new Checked(lines(invalid.problems()), List.of());
    };
  }

  private static List<String> lines(List<Problem> problems) {
    return problems.stream().map(Problem::toString).toList();
  }

  @Override
  public Service service(Path config) throws IOException {
    Map<String, String> environment = world.environment();
    Settings settings = settings(config);
    LineSink sink = new LineSink(System.out);
    EventLog log = new EventLog(sink, form(settings), world.clock());
    LogSetup setup = LogSetup.install(log, settings.logging().level());
    Gateway gateway =
        new Gateway(
            settings,
            new Gateway.Host(
                () -> Config.load(config, environment), log, setup::level, Version.line()));
    return new Running(gateway, sink, setup);
  }

  /**
   * A node in this process.
   *
   * @param setup held, so that levels last
   */
  private record Running(Gateway gateway, LineSink sink, LogSetup setup) implements Service {
    @Override
    public void start() throws IOException {
      gateway.start();
    }

    @Override
    public void stop() throws IOException {
      try {
        gateway.stop();
      } finally {
        sink.close();
      }
    }
  }

  private static LogForm form(Settings settings) {
    return switch (settings.logging().format()) {
      case TEXT -> LogForm.TEXT;
      case JSON -> LogForm.JSON;
    };
  }

  private Settings settings(Path config) throws IOException {
    return switch (Config.load(config, world.environment())) {
      case Config.Loaded loaded -> loaded.settings();
      case Config.Invalid invalid ->
          throw new IOException(String.join("\n", lines(invalid.problems())));
    };
  }

  @Override
  public SpoolInspection spool(Path config) throws IOException {
    try {
      return new SpoolLook(settings(config).spool());
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }

  @Override
  public String passwordHash(Secret password) {
    return FileAccounts.hash(password);
  }
}

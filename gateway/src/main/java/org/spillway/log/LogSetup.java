package org.spillway.log;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * Puts java.util.logging (and slf4j on it) into the same lines as the events: one form, one stream,
 * our level for us, warnings only from the libraries.
 */
public final class LogSetup {
  private static final String OURS = "org.spillway";

  /** Libraries that talk much and say little. */
  private static final List<String> LIBRARIES =
      List.of(
          "org.apache.derby",
          "org.apache.mina",
          "org.apache.camel",
          "com.zaxxer.hikari",
          "org.flywaydb",
          "org.jgroups",
          "org.jdbi",
          "io.micrometer",
          "com.networknt",
          "sun.net.www",
          "com.sun.net.httpserver");

  /** Libraries that call an error or a warning what the outside world does all day. */
  private static final Map<String, Level> NAGS =
      Map.of(
          // at each start, that Derby is newer than what Flyway was tried with; we tried it
          "org.flywaydb.core.internal.database.base.Database",
          Level.SEVERE,
          // for each client that resets its connection; the session's end is counted
          "org.apache.mina.core.service.IoProcessor",
          Level.OFF,
          // for each answer whose proof fails; the look-up says so itself
          "org.xbill.DNS",
          Level.SEVERE);

  /** java.util.logging keeps loggers weakly: a level lives as long as somebody holds its logger. */
  private final List<Logger> held;

  private LogSetup(List<Logger> held) {
    this.held = held;
  }

  /**
   * Configures logging for the whole process; keep the result as long as logging is needed.
   *
   * @param level {@code error}, {@code warn}, {@code info} or {@code debug}; info for anything else
   */
  public static LogSetup install(EventLog log, String level) {
    Level ours = parse(level);
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    Handler handler = new LineHandler(log);
    handler.setLevel(Level.ALL);
    root.addHandler(handler);
    root.setLevel(ours.intValue() > Level.WARNING.intValue() ? ours : Level.INFO);
    Logger spillway = Logger.getLogger(OURS);
    spillway.setLevel(ours);
    List<Logger> held = new java.util.ArrayList<>(List.of(root, spillway));
    for (String name : LIBRARIES) {
      Logger library = Logger.getLogger(name);
      library.setLevel(ours.intValue() > Level.WARNING.intValue() ? ours : Level.WARNING);
      held.add(library);
    }
    NAGS.forEach(
        (name, most) -> {
          Logger nag = Logger.getLogger(name);
          nag.setLevel(most);
          held.add(nag);
        });
    return new LogSetup(List.copyOf(held));
  }

  /** Sets the level of our own loggers, for a reload. */
  public void level(String word) {
    held.stream()
        .filter(logger -> logger.getName().equals(OURS))
        .forEach(logger -> logger.setLevel(parse(word)));
  }

  private static Level parse(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "error" -> Level.SEVERE;
      case "warn" -> Level.WARNING;
      case "debug" -> Level.FINE;
      default -> Level.INFO;
    };
  }

  /** The word of a level in a line. */
  static String word(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "error";
    }
    if (value >= Level.WARNING.intValue()) {
      return "warn";
    }
    return value >= Level.CONFIG.intValue() ? "info" : "debug";
  }
}

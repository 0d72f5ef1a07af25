package org.spillway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.spillway.config.Config;
import org.spillway.config.Problem;
import org.spillway.config.Settings;
import org.spillway.config.SettingsDiff;
import org.spillway.control.Reloader;

/** Reads the configuration again and puts it in force as a whole, or leaves the old one. */
final class Reload implements Reloader {
  private final Supplier<Config.Result> source;
  private final Applied applied;
  private Settings settings;

  /** Puts settings in force; throws before anything is changed when a file cannot be read. */
  interface Applied {
    void to(Settings settings) throws IOException;
  }

  Reload(Supplier<Config.Result> source, Settings settings, Applied applied) {
    this.source = source;
    this.settings = settings;
    this.applied = applied;
  }

  @Override
  public synchronized Result reload() {
    return switch (source.get()) {
      case Config.Invalid invalid ->
          new Result.Refused(invalid.problems().stream().map(Problem::toString).toList());
      case Config.Loaded loaded -> apply(SettingsDiff.reloadable(settings, loaded.settings()));
    };
  }

  private Result apply(SettingsDiff diff) {
    try {
      applied.to(diff.settings());
    } catch (IOException | UncheckedIOException unreadable) {
      return new Result.Refused(List.of(unreadable.getMessage()));
    }
    settings = diff.settings();
    List<String> changes = new ArrayList<>(diff.live());
    diff.restart().forEach(later -> changes.add(later.toString()));
    return new Result.Reloaded(changes);
  }
}

package org.spillway.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.spillway.control.SpoolInspection;
import org.spillway.mail.Secret;

/** A gateway that does nothing but say that it was started and stopped. */
record FakeWiring(SpoolInspection inspection, PrintStream said) implements Wiring {
  @Override
  public Checked check(Path config, boolean elsewhere) {
    try {
      boolean bad = Files.readString(config).contains("listners");
      return bad
          ? new Checked(
              List.of(config + ":3:1: there is no key \"listners\"; did you mean \"listeners\"?"),
              List.of())
          : new Checked(List.of(), elsewhere ? List.of(config + ":9:3: no such file") : List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Service service(Path config) {
    return new Service() {
      @Override
      public void start() {
        said.println("started");
      }

      @Override
      public void stop() {
        said.println("stopped");
      }
    };
  }

  @Override
  public SpoolInspection spool(Path config) {
    return inspection;
  }

  @Override
  public String passwordHash(Secret password) {
    return "hash-of-" + password.reveal().length();
  }
}

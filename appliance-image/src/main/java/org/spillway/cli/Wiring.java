package org.spillway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.spillway.control.SpoolInspection;
import org.spillway.mail.Secret;

/** What the commands that do not ask a running node need of the gateway. */
public interface Wiring {
  /**
   * Checks a configuration file; never throws for what is in it.
   *
   * @param elsewhere true to only warn of files and variables that it names and that are not here
   */
  Checked check(Path config, boolean elsewhere);

  /** The gateway of a file that was found good, not started yet. */
  Service service(Path config) throws IOException;

  /** Looks into the spool of a node that stands still. */
  SpoolInspection spool(Path config) throws IOException;

  /** The form of a password that the accounts file keeps. */
  String passwordHash(Secret password);

  /**
   * What is wrong with a file, each as {@code file:line:column: what is wrong; how to mend it}.
   *
   * @param problems empty when it can be used
   * @param warnings what is worth a second look
   */
  record Checked(List<String> problems, List<String> warnings) {
    public Checked {
      problems = List.copyOf(problems);
      warnings = List.copyOf(warnings);
    }
  }

  /** A gateway that runs until it is stopped. */
  interface Service {
    /** Starts everything; throws with a sentence when it cannot. */
    void start() throws IOException;

    /** Finishes dialogs, stops claims, closes the spool. Blocks until that is done. */
    void stop() throws IOException;
  }
}

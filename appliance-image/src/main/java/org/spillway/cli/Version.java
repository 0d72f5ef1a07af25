package org.spillway.cli;

import java.io.PrintWriter;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code spillway version}: which Spillway this is, and the Java it runs on. */
@Command(name = "version", description = "Show the version of Spillway and of its Java.")
final class Version implements Runnable, IVersionProvider {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line());
    out.flush();
  }

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }

  static String line() {
    String built = Version.class.getPackage().getImplementationVersion();
    return "Spillway "
        + Objects.requireNonNullElse(built, "(not packaged)")
        + ", Java "
        + Runtime.version();
  }
}

package org.spillway.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.spillway.control.SpoolInspection;
import org.spillway.mail.Secret;

/** The command line by itself: all that asks a running node works, the rest says that it cannot. */
final class Unwired implements Wiring {
  private static final String SAY = "this build has the command line only, without the gateway";

  @Override
  public Checked check(Path config, boolean elsewhere) {
    throw new UnsupportedOperationException(SAY);
  }

  @Override
  public Service service(Path config) throws IOException {
    throw new IOException(SAY);
  }

  @Override
  public SpoolInspection spool(Path config) throws IOException {
    throw new IOException(SAY);
  }

  @Override
  public String passwordHash(Secret password) {
    throw new UnsupportedOperationException(SAY);
  }
}

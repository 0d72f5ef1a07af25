package org.spillway.spool.file;

import java.io.IOException;
import java.time.InstantSource;
import org.spillway.spool.Samples;
import org.spillway.spool.Spool;
import org.spillway.spool.SpoolContract;
import org.spillway.spool.SpoolSettings;
import org.spillway.spool.disk.JdkDisk;

/** One file a message keeps the contract too. */
final class FileSpoolTest extends SpoolContract {
  @Override
  protected Spool open(SpoolSettings settings) throws IOException {
    return FileSpool.open(settings, new JdkDisk(), InstantSource.fixed(Samples.NOW));
  }
}

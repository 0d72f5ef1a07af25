package org.spillway.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.mail.EntryId;
import org.spillway.spool.Draft.Accepted;

/** A spool under test, small enough that every kind of segment and file comes up. */
abstract class SpoolFixture {
  @TempDir protected Path directory;
  protected Spool spool;

  /** The spool under test over a directory. */
  protected abstract Spool open(SpoolSettings settings) throws IOException;

  /** Small sizes, so that every kind of segment and file comes up. */
  protected SpoolSettings settings() {
    return new SpoolSettings(
        directory, directory.resolve("key"), 256 << 10, 200_000, OptionalLong.empty(), 100_000);
  }

  @BeforeEach
  void start() throws IOException {
    spool = open(settings());
  }

  @AfterEach
  void stop() throws IOException {
    spool.close();
  }

  protected void restart() throws IOException {
    spool.close();
    spool = open(settings());
  }

  protected EntryId accepted(byte[] content, Accepted accepted) throws IOException {
    EntryId id = Samples.id();
    assertThat(Samples.put(spool, id, content, accepted)).isEqualTo(new Receipt.Safe(id, 1));
    return id;
  }

  protected EntryId accepted(int recipients) throws IOException {
    return accepted(Samples.bytes(500, 1), Samples.plain(recipients));
  }
}

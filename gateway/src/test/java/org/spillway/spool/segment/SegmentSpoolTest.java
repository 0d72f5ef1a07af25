package org.spillway.spool.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import org.spillway.cluster.SoloCluster;
import org.spillway.metrics.Metrics;
import org.spillway.spool.Samples;
import org.spillway.spool.Spool;
import org.spillway.spool.SpoolContract;
import org.spillway.spool.SpoolSettings;

/** The segment log keeps the contract. */
final class SegmentSpoolTest extends SpoolContract {
  @Override
  protected Spool open(SpoolSettings settings) throws IOException {
    return new Alone(settings);
  }

  @Override
  protected void makeRoom(Spool full) {
    for (int round = 0; round < 40; round++) {
      ((Alone) full).spool.keep();
    }
  }

  /** A spool that closes its cluster of one with itself. */
  private static final class Alone extends Forwarding {
    private final SoloCluster cluster;
    private final SegmentSpool spool;

    Alone(SpoolSettings settings) throws IOException {
      cluster = SoloCluster.open(settings.directory(), "mx1");
      try {
        spool =
            SegmentSpool.open(
                settings,
                SegmentSpool.World.of(cluster, InstantSource.fixed(Samples.NOW), Metrics.NONE));
      } catch (IOException | UncheckedIOException e) {
        cluster.close();
        throw e;
      }
    }

    @Override
    SegmentSpool to() {
      return spool;
    }

    @Override
    public void close() throws IOException {
      try (cluster) {
        spool.close();
      }
    }
  }
}

package org.spillway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The cluster of one. */
final class SoloClusterTest extends ClusterContract {
  @Override
  Cluster open(Path data) throws IOException {
    return SoloCluster.open(data, "mx1");
  }

  @Test
  void goesOnWithItsOneStream() throws IOException {
    for (int epoch = 1; epoch <= 3; epoch++) {
      try (Cluster cluster = open(directory)) {
        Stream stream = cluster.openStream();
        assertThat(stream.number()).isEqualTo(1);
        assertThat(stream.epoch()).isEqualTo(epoch);
        assertThat(stream.copied().toCompletableFuture().join()).isEqualTo(1);
      }
    }
  }

  @Test
  void aDamagedIdIsSaidAndNotReplaced() throws IOException {
    Files.writeString(directory.resolve("store-id"), "nonsense");
    assertThatThrownBy(() -> open(directory)).hasMessageContaining("store id");
    assertThat(directory.resolve("store-id")).hasContent("nonsense");
  }
}

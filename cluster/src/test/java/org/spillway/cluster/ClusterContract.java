package org.spillway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every cluster promises to the store that is opened through it. */
abstract class ClusterContract {
  @TempDir Path directory;

  /** The cluster under test over a data directory, as the only node of it that is up. */
  abstract Cluster open(Path data) throws IOException;

  @Test
  void aStoreKeepsItsId() throws IOException {
    UUID first;
    try (Cluster cluster = open(directory.resolve("a"))) {
      first = cluster.storeId();
    }
    try (Cluster cluster = open(directory.resolve("a"))) {
      assertThat(cluster.storeId()).isEqualTo(first);
    }
    try (Cluster cluster = open(directory.resolve("b"))) {
      assertThat(cluster.storeId()).isNotEqualTo(first);
    }
  }

  @Test
  void noTwoOpeningsShareStreamAndEpoch() throws IOException {
    Stream first;
    Stream second;
    try (Cluster cluster = open(directory)) {
      first = cluster.openStream();
    }
    try (Cluster cluster = open(directory)) {
      second = cluster.openStream();
    }
    assertThat(first.number()).isPositive();
    assertThat(first.epoch()).isPositive();
    boolean same = first.number() == second.number();
    assertThat(!same || second.epoch() > first.epoch()).isTrue();
  }

  @Test
  void theLeaseRunsUntilItIsGivenUp() throws IOException {
    Cluster cluster = open(directory);
    Lease lease = cluster.lease();
    assertThat(lease.runs()).isTrue();
    cluster.close();
    assertThat(lease.runs()).isFalse();
  }

  @Test
  void countsTheDisksAndLeavesTheBuffersAlone() throws Exception {
    try (Cluster cluster = open(directory)) {
      Stream stream = cluster.openStream();
      ByteBuffer records = ByteBuffer.wrap(new byte[100]).position(10);
      stream.copy(records);
      stream.copyAside("body", 0, records);
      assertThat(records.position()).isEqualTo(10);
      assertThat(stream.copied().toCompletableFuture().get(10, TimeUnit.SECONDS)).isPositive();
    }
  }

  @Test
  void aDataDirectoryHasOneNode() throws IOException {
    try (Cluster cluster = open(directory)) {
      assertThat(cluster.node()).isNotEmpty();
      assertThatThrownBy(() -> open(directory)).isInstanceOf(IOException.class);
    }
  }
}

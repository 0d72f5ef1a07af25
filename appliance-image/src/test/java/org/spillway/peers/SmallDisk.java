package org.spillway.peers;

import java.nio.file.Path;
import org.spillway.testing.Peers;

/** A file system in memory of a given size; only root may mount one. */
final class SmallDisk implements Closing {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts one on a folder until the ground is closed; skips the test where that is not allowed.
   */
  static void mounted(Ground ground, Path folder, String size) throws Exception {
    Peers.requireRoot();
    Path mount = Peers.require("mount");
    int code = Command.of(mount, "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder).run().code();
    Peers.require(code == 0, "no file system can be mounted here");
    ground.keep(new SmallDisk(folder));
  }

  @Override
  public void close() throws Exception {
    Command.of(Peers.require("umount"), folder).must();
  }
}

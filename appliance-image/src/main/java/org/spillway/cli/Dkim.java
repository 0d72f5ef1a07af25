package org.spillway.cli;

import java.io.IOException;
import org.spillway.auth.dkim.SignatureEngine;
import org.spillway.auth.dkim.keys.DkimKeys;
import org.spillway.auth.dkim.keys.KeyFolder;
import org.spillway.auth.dkim.keys.Rotation;
import org.spillway.control.socket.Exit;
import picocli.CommandLine.Command;

/** {@code spillway dkim}: the keys that our mail is signed with. */
@Command(
    name = "dkim",
    description = {
      "Make, list and rotate the keys that our mail is signed with.",
      "They lie in the data directory as dkim/DOMAIN/SELECTOR.pem; a running node reads them at",
      "its start and at a reload."
    },
    subcommands = {DkimGenerate.class, DkimList.class, DkimRecord.class, DkimRotate.class})
final class Dkim {
  /** The folder of the configuration's node. */
  static KeyFolder folder(ConfigFile config, World world) throws Failure {
    return new KeyFolder(config.dataDirectory(world).resolve("dkim"), SignatureEngine.jdk());
  }

  /** All keys; a failure names each file that cannot be used. */
  static DkimKeys read(KeyFolder folder) throws Failure, IOException {
    KeyFolder.Reading reading = folder.read();
    if (!reading.problems().isEmpty()) {
      throw new Failure(Exit.REFUSED, String.join("\n", reading.problems()));
    }
    return new DkimKeys(reading.selectors(), Rotation.USUAL);
  }
}

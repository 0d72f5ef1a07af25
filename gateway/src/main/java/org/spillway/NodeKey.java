package org.spillway;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The key of the stamps by which we know mail that comes back: a file of the node, made once. */
final class NodeKey {
  private static final int KEY_BYTES = 32;
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(
          EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

  private NodeKey() {}

  /** Reads the key, or makes it when the file is not there. */
  static byte[] read(Path file, RandomGenerator chance) throws IOException {
    try {
      Files.createFile(file, OWNER_ONLY);
      byte[] key = new byte[KEY_BYTES];
      chance.nextBytes(key);
      Files.writeString(
          file, Base64.getEncoder().encodeToString(key) + "\n", StandardOpenOption.SYNC);
      return key;
    } catch (FileAlreadyExistsException thereAlready) {
      return decode(file);
    }
  }

  private static byte[] decode(Path file) throws IOException {
    try {
      byte[] key = Base64.getDecoder().decode(Files.readString(file).trim());
      if (key.length == KEY_BYTES) {
        return key;
      }
    } catch (IllegalArgumentException notBase64) {
      throw new IOException(
          file + " is not a key in base64; remove it to have a new one", notBase64);
    }
    throw new IOException(file + " does not hold 32 bytes; remove it to have a new one");
  }
}

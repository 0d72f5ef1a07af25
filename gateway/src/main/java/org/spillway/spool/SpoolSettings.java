package org.spillway.spool;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Where and how the spool keeps mail.
 *
 * @param directory its directory; created when missing
 * @param keyFile 32 random bytes in base64 that wrap the data keys; created 0600 when missing
 * @param segmentBytes size of a segment file
 * @param bodyFileBytes bodies above this are files of their own
 * @param capacityBytes most it may use; the file system's size when empty
 * @param cacheBytes heap for the content of messages that have just come in
 */
public record SpoolSettings(
    Path directory,
    Path keyFile,
    long segmentBytes,
    long bodyFileBytes,
    OptionalLong capacityBytes,
    long cacheBytes) {
  /** 64 MiB segments, bodies over 1 MiB apart, 16 MiB of cache, all below one directory. */
  public static SpoolSettings in(Path directory) {
    return new SpoolSettings(
        directory, directory.resolve("key"), 64L << 20, 1 << 20, OptionalLong.empty(), 16 << 20);
  }
}

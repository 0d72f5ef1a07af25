package org.spillway.spool.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A file system. What is not forced may be lost or torn when the power goes. */
public interface Disk {
  /** Makes a directory with its parents, to outlast a power cut; fine when it is there. */
  void makeDirectory(Path directory) throws IOException;

  /** Opens a file for reading and writing, and makes it, empty, when it is not there. */
  DiskFile open(Path file) throws IOException;

  /** Opens a file that must be there, for reading only. */
  DiskFile openToRead(Path file) throws IOException;

  /** Removes a file; fine when it is not there. */
  void delete(Path file) throws IOException;

  /** Gives a file another name, in place of what had it. */
  void rename(Path from, Path to) throws IOException;

  /** The files of a directory, in no order; empty when there is no such directory. */
  List<Path> list(Path directory) throws IOException;

  /** Makes what was created, renamed and removed in a directory outlast a power cut. */
  void forceDirectory(Path directory) throws IOException;

  /** Bytes that may still be written below a directory. */
  long freeBytes(Path directory) throws IOException;
}

package org.spillway.spool.segment;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.spillway.mail.EntryId;
import org.spillway.spool.SpoolSettings;
import org.spillway.spool.crypt.Vault;
import org.spillway.spool.disk.Disk;
import org.spillway.spool.disk.DiskFile;

/**
 * Opens every live entry of a spool, with its state and its whole content, without changing a file.
 * On a running node an entry may end or move meanwhile: what cannot be opened is looked for once
 * more, from the start, before anything is said of it.
 */
final class SpoolCheck {
  private final SpoolSettings settings;
  private final Disk disk;

  SpoolCheck(SpoolSettings settings, Disk disk) {
    this.settings = settings;
    this.disk = disk;
  }

  /** What is wrong, a sentence each. */
  List<String> problems() throws IOException {
    Vault vault;
    try {
      vault = Vault.openExisting(settings.keyFile());
    } catch (IOException e) {
      return List.of("no entry can be opened: " + e);
    }
    return look(vault).isEmpty() ? List.of() : look(vault);
  }

  private List<String> look(Vault vault) throws IOException {
    Path log = settings.directory().resolve(SegmentSpool.LOG);
    Segments segments = new Segments(disk, log, settings.segmentBytes(), (_, _) -> false);
    Index index = new Index(segments::of);
    Reader reader = new Reader(segments, index, vault);
    List<String> problems = new ArrayList<>();
    try {
      replay(log, segments, new Recovery(disk, segments, index, reader), vault);
      Shelf shelf = new Shelf(disk, settings.directory().resolve(SegmentSpool.BODIES));
      for (Slot slot : index.inOrder()) {
        open(slot, reader, shelf, problems);
      }
    } finally {
      segments.close();
    }
    return problems;
  }

  private void replay(Path log, Segments segments, Recovery recovery, Vault vault)
      throws IOException {
    TreeMap<Integer, Segment> found = new TreeMap<>();
    for (Path file : disk.list(log)) {
      try (DiskFile opened = disk.openToRead(file)) {
        if (Head.decode(opened.readFully(ByteBuffer.allocate(512), 0))
            instanceof Head.Kind.Used used) {
          Segment segment =
              new Segment(used.head(), file, vault.unwrap(used.head().wrappedKey()), disk);
          found.put(segment.number(), segment);
        }
      }
    }
    found.values().forEach(segments::found);
    for (Segment segment : found.values()) {
      Scan.run(segment.reader(), segment.head(), (stub, _) -> recovery.apply(stub));
    }
  }

  private static void open(Slot slot, Reader reader, Shelf shelf, List<String> problems) {
    EntryId id = slot.id();
    try {
      Meta meta = reader.meta(slot);
      if (slot.hasState()) {
        reader.state(slot);
      }
      StoredContent content = new StoredContent(id, meta, new Fresh(0), reader, shelf);
      try (InputStream in = content.open()) {
        long bytes = in.transferTo(OutputStream.nullOutputStream());
        if (bytes != meta.contentBytes()) {
          problems.add("entry " + id + " has " + bytes + " of " + meta.contentBytes() + " bytes");
        }
      }
    } catch (IOException e) {
      problems.add("entry " + id + " cannot be opened: " + e.getMessage());
    }
  }
}

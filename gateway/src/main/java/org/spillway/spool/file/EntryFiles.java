package org.spillway.spool.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spillway.mail.Content;
import org.spillway.mail.EntryId;
import org.spillway.spool.Draft.Accepted;
import org.spillway.spool.Entry;
import org.spillway.spool.code.AcceptedCodec;
import org.spillway.spool.code.Decoder;
import org.spillway.spool.code.Encoder;
import org.spillway.spool.code.State;
import org.spillway.spool.crypt.DataKey;
import org.spillway.spool.crypt.Nonce;
import org.spillway.spool.crypt.Vault;
import org.spillway.spool.disk.Disk;
import org.spillway.spool.disk.DiskFile;

/**
 * The files of a {@link FileSpool}: {@code SEQ-ID.entry} holds the sealed parts, the wrapped key,
 * the sealed meta and its length in 4 bytes; {@code ID.state} a wrapped key and the sealed state. A
 * name is given only to a file that is complete and forced.
 */
final class EntryFiles {
  static final int PART_BYTES = 256 << 10;
  private static final Pattern ENTRY = Pattern.compile("([0-9a-f]{16})-([0-9A-Z]{26})\\.entry");

  /** An entry that is there. */
  record Live(EntryId id, long seq) {}

  private record Opened(DataKey key, long contentBytes, Accepted accepted) {}

  private final Path directory;
  private final Disk disk;
  private final Vault vault;
  private final AtomicLong usedBytes = new AtomicLong();

  EntryFiles(Path directory, Disk disk, Vault vault) throws IOException {
    this.directory = directory;
    this.disk = disk;
    this.vault = vault;
    disk.makeDirectory(directory);
  }

  long usedBytes() {
    return usedBytes.get();
  }

  private Path entryPath(Live entry) {
    return directory.resolve(String.format("%016x-%s.entry", entry.seq(), entry.id()));
  }

  private Path statePath(EntryId id) {
    return directory.resolve(id + ".state");
  }

  Path draftPath(EntryId id) {
    return directory.resolve(id + ".draft");
  }

  /** The entries that an earlier process left; its drafts are removed. */
  List<Live> find() throws IOException {
    List<Live> found = new ArrayList<>();
    for (Path file : disk.list(directory)) {
      Matcher name = ENTRY.matcher(file.getFileName().toString());
      if (name.matches()) {
        EntryId id = EntryId.parse(name.group(2)).orElseThrow(() -> new IOException(file + ""));
        found.add(new Live(id, Long.parseUnsignedLong(name.group(1), 16)));
        usedBytes.addAndGet(size(file));
      } else if (file.toString().endsWith(".draft") || file.toString().endsWith(".new")) {
        disk.delete(file);
      }
    }
    return found;
  }

  private long size(Path file) throws IOException {
    try (DiskFile open = disk.openToRead(file)) {
      return open.sizeBytes();
    }
  }

  DiskFile create(EntryId id) throws IOException {
    disk.delete(draftPath(id));
    return disk.open(draftPath(id));
  }

  DiskFile openDraft(EntryId id) throws IOException {
    return disk.openToRead(draftPath(id));
  }

  void removeDraft(EntryId id) throws IOException {
    disk.delete(draftPath(id));
  }

  /** Gives a forced draft its name, for ever. */
  void name(Path draft, Live entry) throws IOException {
    usedBytes.addAndGet(size(draft));
    disk.rename(draft, entryPath(entry));
    disk.forceDirectory(directory);
  }

  /** The end of an entry's file, to be written behind its parts. */
  ByteBuffer seal(DataKey key, long contentBytes, Accepted accepted) {
    byte[] plain =
        new Encoder(600).number(contentBytes).octets(AcceptedCodec.encode(accepted)).toBytes();
    int length = DataKey.WRAPPED_BYTES + plain.length + Vault.TAG_BYTES;
    ByteBuffer end = ByteBuffer.allocate(length + Integer.BYTES).put(key.wrapped());
    vault.seal(key, Nonce.META, ByteBuffer.wrap(plain), end);
    return end.putInt(length).flip();
  }

  private Opened open(DiskFile file) throws IOException {
    long size = file.sizeBytes();
    int length = file.readFully(ByteBuffer.allocate(4), size - 4).getInt();
    ByteBuffer end = file.readFully(ByteBuffer.allocate(length), size - 4 - length);
    DataKey key = vault.unwrap(end);
    Decoder from = new Decoder(ByteBuffer.wrap(vault.unseal(key, Nonce.META, end)));
    return new Opened(key, from.number(), AcceptedCodec.decode(ByteBuffer.wrap(from.octets())));
  }

  Entry entry(Live live) throws IOException {
    try (DiskFile file = disk.openToRead(entryPath(live))) {
      Opened opened = open(file);
      Accepted accepted = opened.accepted();
      return new Entry(
          live.id(),
          accepted.arrival(),
          accepted.direction(),
          accepted.envelope(),
          accepted.facts(),
          accepted.decision(),
          storedState(live.id()).map(State::standings).orElse(accepted.standings()),
          accepted.outgoing(),
          new FileContent(live, opened));
    }
  }

  State state(Live live) throws IOException {
    Optional<State> stored = storedState(live.id());
    return stored.isPresent() ? stored.get() : new State(entry(live).standings(), List.of());
  }

  private Optional<State> storedState(EntryId id) throws IOException {
    Path path = statePath(id);
    if (disk.list(directory).stream().noneMatch(path::equals)) {
      return Optional.empty();
    }
    try (DiskFile file = disk.openToRead(path)) {
      ByteBuffer bytes = file.readFully(ByteBuffer.allocate((int) file.sizeBytes()), 0);
      DataKey key = vault.unwrap(bytes);
      return Optional.of(State.decode(ByteBuffer.wrap(vault.unseal(key, Nonce.state(0), bytes))));
    }
  }

  void store(EntryId id, State state) throws IOException {
    DataKey key = vault.fresh();
    byte[] plain = state.encode();
    ByteBuffer bytes = ByteBuffer.allocate(DataKey.WRAPPED_BYTES + plain.length + Vault.TAG_BYTES);
    vault.seal(key, Nonce.state(0), ByteBuffer.wrap(plain), bytes.put(key.wrapped()));
    Path fresh = directory.resolve(id + ".new");
    disk.delete(fresh);
    try (DiskFile file = disk.open(fresh)) {
      file.writeFully(bytes.flip(), 0);
      file.force();
    }
    disk.rename(fresh, statePath(id));
  }

  void remove(Live live) throws IOException {
    Path path = entryPath(live);
    usedBytes.addAndGet(-size(path));
    disk.delete(path);
    disk.delete(statePath(live.id()));
  }

  /** A stream over sealed parts that stand at the start of a file; it closes the file. */
  InputStream parts(DiskFile file, DataKey key, long contentBytes) {
    return new FileParts(file, key, contentBytes, vault);
  }

  private final class FileContent implements Content {
    private final Live live;
    private final Opened opened;

    private FileContent(Live live, Opened opened) {
      this.live = live;
      this.opened = opened;
    }

    @Override
    public long sizeBytes() {
      return opened.contentBytes();
    }

    @Override
    public InputStream open() throws IOException {
      return parts(disk.openToRead(entryPath(live)), opened.key(), opened.contentBytes());
    }
  }
}

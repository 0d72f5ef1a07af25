package org.spillway.guard.list;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.mail.ReversePath;

/**
 * The allow and deny lists: the operator's file, which we only read, and our own, which is changed
 * at run time. A change is on disk before it counts: the file is written anew beside the old one,
 * forced, and put in its place. Questions take no lock.
 */
public final class AccessLists {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLists.class);
  private static final int MOST = 100_000;

  private final Path own;
  private final InstantSource clock;
  private final Map<Key, ListEntry> changed = new LinkedHashMap<>();
  private List<ListEntry> fixed = List.of();
  private volatile ListIndex index = new ListIndex(List.of());

  private record Key(ListEntry.Side side, Subject subject) {
    static Key of(ListEntry entry) {
      return new Key(entry.side(), entry.subject());
    }
  }

  private AccessLists(Path own, InstantSource clock) {
    this.own = own;
    this.clock = clock;
  }

  /**
   * Reads the lists.
   *
   * @param own the file that changes go to; there is none before the first change
   * @param fixed the operator's own file
   * @throws IOException when a file that is there cannot be read
   */
  public static AccessLists open(Path own, Optional<Path> fixed, InstantSource clock)
      throws IOException {
    AccessLists lists = new AccessLists(own, clock);
    if (Files.exists(own)) {
      read(own).forEach(entry -> lists.changed.put(Key.of(entry), entry));
    }
    lists.reading(fixed).run();
    return lists;
  }

  /** Reads the operator's file again; it counts once what is returned is run. */
  public Runnable reading(Optional<Path> file) throws IOException {
    List<ListEntry> next = file.isPresent() ? read(file.get()) : List.of();
    return () -> standOn(next);
  }

  private synchronized void standOn(List<ListEntry> next) {
    fixed = next;
    rebuild();
  }

  private static List<ListEntry> read(Path file) throws IOException {
    List<ListEntry> entries = new ArrayList<>();
    int number = 0;
    for (String line : Files.readString(file, StandardCharsets.UTF_8).split("\n", -1)) {
      number++;
      switch (ListLine.parse(line.stripTrailing())) {
        case ListLine.Good(ListEntry entry) when entries.size() < MOST -> entries.add(entry);
        case ListLine.Good _ -> throw new IOException(file + " holds over " + MOST + " entries");
        case ListLine.Nothing _ -> {}
        case ListLine.Bad(int column, String why) ->
            LOG.warn("{}:{}:{}: {}; it is left out", file, number, column, why);
      }
    }
    return entries;
  }

  private void rebuild() {
    List<ListEntry> all = new ArrayList<>(fixed);
    all.addAll(changed.values());
    index = new ListIndex(all);
  }

  /** The entry that holds for a client, if any. */
  public Optional<ListEntry> client(InetAddress client) {
    return index.client(client, clock.instant());
  }

  /** The entry that holds for a sender, if any; none for {@code <>}. */
  public Optional<ListEntry> sender(ReversePath from) {
    return from.address().flatMap(address -> index.sender(address, clock.instant()));
  }

  /**
   * Adds an entry, or puts it in the place of the one for the same side and subject.
   *
   * @return false when there are too many, or when its owner or reason does not fit on a line
   * @throws IOException when it cannot be kept; then it does not count either
   */
  public synchronized boolean add(ListEntry entry) throws IOException {
    boolean fits = ListLine.parse(ListLine.of(entry)).equals(new ListLine.Good(entry));
    if (!fits || changed.size() >= MOST) {
      return false;
    }
    Map<Key, ListEntry> next = standing();
    next.put(Key.of(entry), entry);
    replace(next);
    return true;
  }

  /**
   * Takes an entry out.
   *
   * @return false when our own list has none such; the operator's file is the operator's to change
   * @throws IOException when that cannot be kept; then the entry stays
   */
  public synchronized boolean remove(ListEntry.Side side, Subject subject) throws IOException {
    Map<Key, ListEntry> next = standing();
    boolean there = next.remove(new Key(side, subject)) != null;
    if (there) {
      replace(next);
    }
    return there;
  }

  /** Our own entries without those that are over. */
  private Map<Key, ListEntry> standing() {
    Instant now = clock.instant();
    Map<Key, ListEntry> standing = new LinkedHashMap<>(changed);
    standing.values().removeIf(entry -> entry.isOver(now));
    return standing;
  }

  private void replace(Map<Key, ListEntry> next) throws IOException {
    StringBuilder text = new StringBuilder("# SIDE SUBJECT UNTIL OWNER REASON\n");
    next.values().forEach(entry -> text.append(ListLine.of(entry)).append('\n'));
    Path fresh = own.resolveSibling(own.getFileName() + ".new");
    try (FileChannel file =
        FileChannel.open(
            fresh,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE))) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    }
    Files.move(fresh, own, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(own.toAbsolutePath().getParent())) {
      directory.force(true);
    }
    changed.clear();
    changed.putAll(next);
    rebuild();
  }

  /** All entries that hold, the operator's first. */
  public synchronized List<ListEntry> all() {
    Instant now = clock.instant();
    List<ListEntry> all = new ArrayList<>(fixed);
    all.addAll(changed.values());
    all.removeIf(entry -> entry.isOver(now));
    return all;
  }
}

package org.spillway.deliver.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.mail.Domain;

/**
 * Policies by domain, a file each, so that they outlive a restart (RFC 8461 §10.2: a policy that
 * was seen protects until it expires). What is used most lately is also in memory: at most 10,000
 * domains and 16 MiB.
 */
public final class StsCache {
  private static final Logger LOG = LoggerFactory.getLogger(StsCache.class);
  private static final String MAGIC = "spillway-mta-sts-1";
  private static final String SUFFIX = ".sts";
  private static final int MAX_DOMAINS = 10_000;
  private static final long MAX_CHARACTERS = 16L << 20;
  private static final int MAX_FILE_BYTES = StsPolicy.MAX_BYTES + 1024;

  private final Path directory;
  private final Map<Domain, Optional<Held>> recent = new LinkedHashMap<>(64, 0.75f, true);
  private long characters;

  /**
   * One policy that was fetched.
   *
   * @param id of the record that announced it
   * @param fetched when
   */
  record Held(String id, Instant fetched, StsPolicy policy) {
    boolean isAlive(Instant now) {
      return now.isBefore(fetched.plus(policy.maxAge()));
    }

    private int weight() {
      return policy.lines().stream().mapToInt(String::length).sum();
    }
  }

  /** A cache in that directory, which is made where it is not there. */
  public StsCache(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  /** What is known of a domain, alive or not. */
  synchronized Optional<Held> find(Domain domain) {
    Optional<Held> known = recent.get(domain);
    if (known == null) {
      known = read(file(domain)).filter(f -> f.domain.equals(domain)).map(f -> f.held);
      remember(domain, known);
    }
    return known;
  }

  /** Keeps a policy in place of the one before; in memory only when the disk refuses. */
  synchronized void put(Domain domain, Held held) {
    remember(domain, Optional.of(held));
    try {
      write(domain, held);
    } catch (IOException broken) {
      LOG.warn(
          "The MTA-STS policy of {} is not kept over a restart: {}", domain, broken.toString());
    }
  }

  private void remember(Domain domain, Optional<Held> held) {
    Optional<Held> before = recent.put(domain, held);
    characters += weight(held) - (before == null ? 0 : weight(before));
    var oldest = recent.entrySet().iterator();
    while ((recent.size() > MAX_DOMAINS || characters > MAX_CHARACTERS) && recent.size() > 1) {
      characters -= weight(oldest.next().getValue());
      oldest.remove();
    }
  }

  private static int weight(Optional<Held> held) {
    return held.map(Held::weight).orElse(0);
  }

  private Path file(Domain domain) { // names are a-z, 0-9, dot, hyphen and underscore only
    String name = domain.name();
    return directory.resolve((name.length() <= 200 ? name : digest(name)) + SUFFIX);
  }

  private static String digest(String name) {
    return java.util.UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.US_ASCII)).toString();
  }

  private void write(Domain domain, Held held) throws IOException {
    Path file = file(domain);
    Path fresh = directory.resolve(file.getFileName() + ".new");
    String head =
        String.join(
            " ", MAGIC, domain.name(), held.id(), Long.toString(held.fetched().getEpochSecond()));
    byte[] bytes = (head + "\n" + held.policy().text()).getBytes(StandardCharsets.UTF_8);
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true); // else a power cut may leave an empty file under the name
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private record OnDisk(Domain domain, Held held) {}

  private static Optional<OnDisk> read(Path file) {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        return Optional.empty();
      }
      return decode(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException broken) {
      LOG.warn("{} cannot be read: {}", file, broken.toString());
      return Optional.empty();
    }
  }

  private static Optional<OnDisk> decode(String text) {
    int end = text.indexOf('\n');
    String[] head = (end < 0 ? "" : text.substring(0, end)).split(" ");
    if (head.length != 4 || !head[0].equals(MAGIC) || !head[3].matches("\\d{1,11}")) {
      return Optional.empty();
    }
    Instant fetched = Instant.ofEpochSecond(Long.parseLong(head[3]));
    return StsPolicy.parse(text.substring(end + 1)) instanceof StsPolicy.Parsed.Valid(var policy)
        ? Domain.parse(head[1]).map(d -> new OnDisk(d, new Held(head[2], fetched, policy)))
        : Optional.empty();
  }

  /** The domains whose policies are alive; files of others are removed. */
  List<Domain> sweep(Instant now) {
    List<Domain> alive = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Optional<OnDisk> found = file.toString().endsWith(SUFFIX) ? read(file) : Optional.empty();
        if (found.isPresent() && found.get().held.isAlive(now)) {
          alive.add(found.get().domain);
        } else {
          remove(file, found.map(OnDisk::domain));
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException broken) {
      LOG.warn("{} cannot be read: {}", directory, broken.toString());
    }
    return alive;
  }

  private synchronized void remove(Path file, Optional<Domain> domain) throws IOException {
    Files.deleteIfExists(file);
    domain.map(recent::remove).ifPresent(gone -> characters -= weight(gone));
  }
}

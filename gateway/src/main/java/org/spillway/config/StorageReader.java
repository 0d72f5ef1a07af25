package org.spillway.config;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.spillway.dns.DnsSettings;
import org.spillway.dns.TrustAnchors;
import org.spillway.mail.AddressLiteral;
import org.spillway.spool.SpoolSettings;
import org.spillway.store.DatabaseSettings;

/** {@code node}, {@code spool}, {@code database} and {@code logging}. */
final class StorageReader {
  static final int HTTP_PORT = 9125;
  static final Duration KEEP_TRACES = Duration.ofDays(30);

  private static final Path DATA = Path.of("/var/lib/spillway");
  private static final InetAddress LOOPBACK = AddressLiteral.ip("127.0.0.1").orElseThrow();
  private static final String LOCALHOST = "localhost";
  private static final int LONGEST_SOCKET = 107; // sun_path of unix(7), less its NUL
  private static final String SOCKET = "/control.sock";
  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  private final Section root;
  private final Section spool;
  private final Section database;

  StorageReader(Section root) {
    this.root = root;
    this.spool = root.section("spool");
    this.database = root.section("database");
  }

  Settings.Node node() {
    Section node = root.section("node");
    Section http = node.section("http");
    Path data = data(node);
    int length = (data + SOCKET).getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_SOCKET) {
      node.problem(
          "data",
          "is too long a path for the control socket in it",
          "use one of at most " + (LONGEST_SOCKET - SOCKET.length()) + " bytes");
    }
    return new Settings.Node(
        name(node),
        data,
        node.value("postmaster", Form.ADDRESS),
        node.list("dns", Form.DNS_SERVER),
        dnssec(),
        http.value("address", Form.IP).orElse(LOOPBACK),
        http.number("port", HTTP_PORT));
  }

  private Settings.Dnssec dnssec() {
    Section section = root.section("dnssec");
    return new Settings.Dnssec(
        section
            .choice("validation", DnsSettings.Validation.class)
            .orElse(DnsSettings.Validation.OFF),
        section.list("trusted", Form.DNS_SERVER),
        section.file("anchors").map(file -> anchors(section, file)).orElse(TrustAnchors.ROOT));
  }

  private static TrustAnchors anchors(Section section, Path file) {
    return switch (TrustAnchors.read(file)) {
      case TrustAnchors.Read.Good(TrustAnchors anchors) -> anchors;
      case TrustAnchors.Read.Bad(String why) -> {
        section.problem("anchors", "holds no anchors: " + why, "put DS or DNSKEY records there");
        yield TrustAnchors.ROOT;
      }
    };
  }

  private static String name(Section node) {
    String name = node.required("name", Form.HOST_NAME).orElse(LOCALHOST);
    if (!name.contains(".") && !name.equals(LOCALHOST)) { // RFC 5321 §2.3.5
      node.warn("name", "is not a full name, and many servers refuse it", "add the domain to it");
    }
    return name;
  }

  private Path data(Section node) {
    Path data = node.file("data").orElse(root.reading().path(DATA));
    directory(node, "data", data);
    return data;
  }

  private static void directory(Section section, String key, Path path) {
    try {
      if (Files.exists(path) && !Files.isDirectory(path)) {
        section.problem(key, "names a file, not a directory", "name a directory");
      }
    } catch (SecurityException unseen) {
      section.problem(key, "cannot be looked at", "let the user that runs Spillway see it");
    }
  }

  SpoolSettings spool(Path data) {
    Path directory = spool.file("directory").orElse(data.resolve("spool"));
    SpoolSettings d = SpoolSettings.in(directory);
    directory(spool, "directory", directory);
    Optional<Path> key = spool.file("key-file");
    key.filter(Files::exists).ifPresent(file -> NamedFiles.secretText(spool, "key-file", file));
    long segment = spool.size("segment", d.segmentBytes(), MIB, GIB);
    long cache = spool.size("cache", d.cacheBytes(), 0, 16 * GIB);
    OptionalLong capacity = spool.size("capacity");
    return new SpoolSettings(
        directory,
        key.orElse(d.keyFile()),
        segment,
        spool.size("body-file", Math.min(d.bodyFileBytes(), segment), 4 * KIB, segment),
        capacity,
        cache);
  }

  /** A spool that the largest message alone would fill takes nothing in. */
  void checkCapacity(SpoolSettings settings, long largestMessage) {
    long least = Math.max(4 * settings.segmentBytes(), 10 * largestMessage);
    if (settings.capacityBytes().orElse(Long.MAX_VALUE) < least) {
      spool.problem(
          "capacity",
          "is less than four segments or ten of the largest messages",
          "use at least " + Units.show(least));
    }
  }

  DatabaseSettings database(Path data) {
    Path directory = database.file("directory").orElse(data.resolve("db"));
    directory(database, "directory", directory);
    return new DatabaseSettings(directory, database.duration("keep-traces", KEEP_TRACES));
  }

  Settings.Logging logging() {
    Section logging = root.section("logging");
    Form<String> level =
        new Form<>(
            "one of error, warn, info, debug",
            "info",
            t -> Optional.of(t).filter(l -> l.matches("error|warn|info|debug")));
    return new Settings.Logging(
        logging
            .choice("format", Settings.Logging.Format.class)
            .orElse(Settings.Logging.Format.TEXT),
        logging.value("level", level).orElse("info"));
  }
}

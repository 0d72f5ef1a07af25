package org.spillway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.control.FakeNode;
import org.spillway.control.FakeSpool;
import org.spillway.control.Traces;
import org.spillway.control.socket.ControlServer;
import org.spillway.mail.Direction;
import org.spillway.mail.EntryId;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.store.TraceEvent;

/**
 * Each command against a node in memory, over the real socket: what it prints is what the session
 * file says. A session as it went is left in {@code target/sessions}, to copy when it is meant.
 */
final class SessionTest {
  private static final Pattern JSON_KEY = Pattern.compile("\"([A-Za-z0-9]+)\":");
  private static final Instant OLD = FakeNode.NOW.minus(Duration.ofMinutes(192));
  private static final Instant NEW = FakeNode.NOW.minusSeconds(45);

  @TempDir private Path directory;

  private final FakeNode node = new FakeNode();

  @ParameterizedTest
  @ValueSource(strings = {"queue", "order", "site", "trace", "spool", "config", "wrong"})
  void goesAsWritten(String name) throws IOException {
    Files.writeString(
        directory.resolve("spillway.yaml"), "node:\n  name: mx.example.com\n  data: .\n");
    Files.writeString(directory.resolve("bad.yaml"), "node:\n  name: mx\nlistners: []\n");
    fill();
    String session = session(name);
    String went;
    try (ControlServer server =
        new ControlServer(node.control, directory.resolve("control.sock"))) {
      server.start();
      went = new Sessions(node, directory).play(session);
    }
    Path kept = Files.createDirectories(Path.of("target/sessions")).resolve(name + ".session");
    Files.writeString(kept, went);
    assertThat(went).isEqualTo(session);
    assertThat(Files.readString(CliDocumentTest.DOCUMENT))
        .as("docs/cli.md explains every key")
        .contains(keys(went));
  }

  /** The keys of rows, but those that are facts of a trace or of the spool's files. */
  private static Set<String> keys(String session) {
    Set<String> keys = new TreeSet<>(Set.of("`id`"));
    session
        .lines()
        .filter(line -> line.startsWith("{") && !line.matches("\\{\"(segment|accept)\".*"))
        .map(line -> line.replaceAll("\"facts\":\\{[^}]*\\}", "\"facts\":0"))
        .flatMap(line -> JSON_KEY.matcher(line).results())
        .forEach(found -> keys.add("`" + found.group(1) + "`"));
    return keys;
  }

  private static String session(String name) throws IOException {
    try (InputStream in = SessionTest.class.getResourceAsStream(name + ".session")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void fill() {
    SiteName onprem = new SiteName("onprem");
    EntryId first =
        node.spool.put(
            new FakeSpool.Accepted(
                OLD,
                Direction.INBOUND,
                "alice@example.net",
                List.of(
                    Map.entry(
                        "bob@example.com",
                        new Disposition.Waiting(
                            OLD.plusSeconds(60),
                            4,
                            FakeNode.NOW.plusSeconds(720),
                            "451 4.3.0 \u001b[2Jtry\nlater",
                            Optional.empty(),
                            false)),
                    Map.entry(
                        "carol@example.com",
                        new Disposition.Waiting(
                            OLD, 1, OLD, "lost", Optional.of(onprem), false)))));
    node.spool.put(
        new FakeSpool.Accepted(
            OLD.plusSeconds(1),
            Direction.OUTBOUND,
            "",
            List.of(
                Map.entry(
                    "dave@example.org",
                    new Disposition.Held(OLD, Disposition.Reason.POLICY, "hipaa-1")),
                Map.entry(
                    "erin@example.org",
                    new Disposition.Delivered(
                        OLD, onprem, "h:25", true, Optional.empty(), false, "250 Ok")))));
    node.spool.put(FakeSpool.Accepted.waiting(NEW, "frank@example.net", "gina@example.com"));
    node.queue.queued.put(first, new TreeSet<>(Set.of(0, 1)));
    node.traces.add(
        new Traces.TraceView(
            first,
            "alice@example.net",
            List.of("bob@example.com", "carol@example.com"),
            List.of(
                new TraceEvent(OLD, first, "accepted", List.of(), facts("client", "192.0.2.7")),
                new TraceEvent(
                    OLD.plusSeconds(60),
                    first,
                    "attempt",
                    List.of("bob@example.com"),
                    facts("reply", "451 4.3.0 try later")))));
  }

  private static Map<String, String> facts(String key, String value) {
    return Map.of(key, value);
  }
}

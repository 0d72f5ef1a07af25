package org.spillway.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.spillway.control.Json;

/** The packaged gateway as a child process, with its configuration and data in one folder. */
final class SpillwayProcess implements Closing {

  private static final Path PROGRAM = Path.of("target/spillway/bin/spillway").toAbsolutePath();
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private final Path folder;
  private final Path config;
  private final int smtpPort = Ports.free();
  private final int httpPort = Ports.free();
  private final HttpClient http = HttpClient.newHttpClient();
  private String heap = "512m";
  private String javaOptions = "";
  private List<String> prefix = List.of();
  private Process process;

  /**
   * Writes the configuration.
   *
   * @param yaml all of it but node, listeners and logging
   */
  SpillwayProcess(Path folder, String yaml) throws IOException {
    this.folder = folder;
    config =
        Files.writeString(
            folder.resolve("spillway.yaml"),
            """
            node:
              name: gateway.test
              data: data
              http: {port: %d}
            listeners:
              smtp: {address: 127.0.0.1, port: %d}
            logging: {level: info}
            """
                    .formatted(httpPort, smtpPort)
                + yaml);
  }

  /** Gives the node this much heap, as {@code -Xmx} takes it. */
  SpillwayProcess heap(String most) {
    heap = most;
    return this;
  }

  /** Gives the node's JVM more flags. */
  SpillwayProcess javaOptions(String flags) {
    javaOptions = flags;
    return this;
  }

  /** Has the node run by a program that ends in becoming it, or starts it as its child. */
  SpillwayProcess under(String... words) {
    prefix = List.of(words);
    return this;
  }

  /** Starts it and waits until it is ready; gives how long it took to the SMTP greeting. */
  Duration start() throws IOException {
    List<String> words = new ArrayList<>(prefix);
    words.addAll(List.of(PROGRAM.toString(), "run", "-c", config.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPILLWAY_HEAP", heap);
    builder.environment().put("SPILLWAY_JAVA_OPTS", javaOptions);
    long begin = System.nanoTime();
    process = builder.start();
    awaitStart(this::greets);
    Duration banner = Duration.ofNanos(System.nanoTime() - begin);
    awaitStart(this::isReady);
    return banner;
  }

  private void awaitStart(java.util.concurrent.Callable<Boolean> state) {
    await()
        .atMost(LONGEST_START)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> state.call() || !process.isAlive());
    assertThat(process.isAlive()).as("it runs; its log ends: %s", lastLines()).isTrue();
  }

  private boolean greets() {
    try (SmtpConnection _ = new SmtpConnection(smtpPort)) {
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return ask("/health/ready").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + httpPort + path);
    return http.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  int port() {
    return smtpPort;
  }

  long pid() {
    return process.pid();
  }

  Path data() {
    return folder.resolve("data");
  }

  Path log() {
    return folder.resolve("spillway.log");
  }

  /** The sum of a metric over its labels; 0 when there is none. */
  double metric(String name) throws IOException, InterruptedException {
    return ask("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** A command of the command line, its configuration given. */
  Command command(String... words) {
    List<Object> all = new ArrayList<>(List.of(PROGRAM.toString()));
    all.addAll(List.of(words));
    all.addAll(List.of("-c", config));
    return Command.of(all.toArray()).with("JAVA_HOME", System.getProperty("java.home"));
  }

  /** The rows of a listing. */
  List<Map<String, Object>> rows(String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--json");
    return command(all.toArray(String[]::new))
        .must()
        .lines()
        .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8)).orElseThrow())
        .toList();
  }

  /** kill -9. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; it has to end with 0 within half a minute. */
  void stop() throws InterruptedException {
    process.destroy();
    boolean ended = process.waitFor(30, TimeUnit.SECONDS);
    assertThat(ended).as("it ends after SIGTERM").isTrue();
    assertThat(process.exitValue()).as("its exit code").isZero();
  }

  String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    } catch (IOException none) {
      return "";
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null && process.isAlive()) {
      kill();
    }
    http.close();
  }
}

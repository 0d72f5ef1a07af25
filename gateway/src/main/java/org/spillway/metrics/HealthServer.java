package org.spillway.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.log.Escape;

/**
 * A small HTTP server for machines: {@code /health/live} (200 while the process answers), {@code
 * /health/ready} (200 or 503 with each check as JSON), {@code /health} (both) and {@code /metrics}
 * (Prometheus text). It answers anybody who reaches it and tells no addresses; by default that is
 * the node itself.
 */
public final class HealthServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);
  private static final int BACKLOG = 50;
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final PrometheusMetrics metrics;
  private final Supplier<List<Check>> checks;

  /**
   * Begins to answer.
   *
   * @param address where to listen; port 0 picks a free one
   * @param checks asked at each request; must be quick
   */
  public HealthServer(
      InetSocketAddress address, PrometheusMetrics metrics, Supplier<List<Check>> checks)
      throws IOException {
    // Read by the JDK when its server's class is loaded: at most 100 connections, 10 s a request.
    System.getProperties().putIfAbsent("jdk.httpserver.maxConnections", "100");
    System.getProperties().putIfAbsent("sun.net.httpserver.maxReqTime", "10");
    System.getProperties().putIfAbsent("sun.net.httpserver.maxRspTime", "30");
    this.metrics = metrics;
    this.checks = checks;
    this.server = HttpServer.create(address, BACKLOG);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange));
    } catch (RuntimeException failed) {
      LOG.warn("A request for {} failed", exchange.getRequestURI().getPath(), failed);
    }
  }

  /**
   * One thing that must be well for the node to take mail.
   *
   * @param name for example {@code spool}
   * @param ok whether it is
   * @param why in words; may be empty when it is well
   */
  public record Check(String name, boolean ok, String why) {}

  private record Answer(int code, String type, String text) {}

  private Answer answer(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return new Answer(405, "text/plain", "GET or HEAD\n");
    }
    return switch (exchange.getRequestURI().getPath()) {
      case "/health/live" -> new Answer(200, JSON, "{\"live\":true}\n");
      case "/health/ready" -> ready("{");
      case "/health" -> ready("{\"live\":true,");
      case "/metrics" -> new Answer(200, TEXT, metrics.scrape());
      default -> new Answer(404, "text/plain", "/health /health/live /health/ready /metrics\n");
    };
  }

  private Answer ready(String start) {
    List<Check> found = asked();
    boolean ready = found.stream().allMatch(Check::ok);
    StringBuilder json = new StringBuilder(start).append("\"ready\":").append(ready);
    char before = '[';
    json.append(",\"checks\":").append(found.isEmpty() ? "[" : "");
    for (Check check : found) {
      Escape.quote(json.append(before).append("{\"name\":"), check.name());
      Escape.quote(json.append(",\"ok\":").append(check.ok()).append(",\"why\":"), check.why());
      json.append('}');
      before = ',';
    }
    return new Answer(ready ? 200 : 503, JSON, json.append("]}\n").toString());
  }

  private List<Check> asked() {
    try {
      return checks.get();
    } catch (RuntimeException failed) {
      LOG.warn("A health check failed to answer", failed);
      return List.of(new Check("checks", false, "a check failed to answer"));
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = answer.text().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.code(), head ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

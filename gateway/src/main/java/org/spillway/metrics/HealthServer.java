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
import java.util.stream.Collectors;

/**
 * Health and metrics over HTTP: {@code /health/live} (the process answers), {@code /health/ready}
 * (it takes mail; 503 when a check fails), {@code /health} (both) and {@code /metrics}.
 */
public final class HealthServer implements AutoCloseable {
  private static final int OK = 200;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Supplier<List<Check>> checks;

  /**
   * What one part says of itself.
   *
   * @param name which part
   * @param ok true when it does its work
   * @param why for people
   */
  public record Check(String name, boolean ok, String why) {}

  /** Binds the address, where port 0 picks a free one; serves after {@link #start}. */
  public HealthServer(
      InetSocketAddress address, PrometheusMetrics metrics, Supplier<List<Check>> checks)
      throws IOException {
    this.checks = checks;
    server = HttpServer.create(address, 0);
    server.setExecutor(threads);
    server.createContext("/health/live", e -> say(e, OK, "application/json", "{\"live\":true}\n"));
    server.createContext("/health", this::health);
    server.createContext("/metrics", e -> say(e, OK, "text/plain; version=0.0.4", metrics.text()));
  }

  /** Begins to answer. */
  public void start() {
    server.start();
  }

  /** The port it is bound to. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void health(HttpExchange exchange) throws IOException {
    List<Check> all = checks.get();
    boolean ready = all.stream().allMatch(Check::ok);
    String rows = all.stream().map(HealthServer::json).collect(Collectors.joining(","));
    String body = "{\"live\":true,\"ready\":" + ready + ",\"checks\":[" + rows + "]}\n";
    say(exchange, ready ? OK : UNAVAILABLE, "application/json", body);
  }

  private static String json(Check check) {
    return "{\"name\":"
        + quoted(check.name())
        + ",\"ok\":"
        + check.ok()
        + ",\"why\":"
        + quoted(check.why())
        + "}";
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private static void say(HttpExchange exchange, int code, String type, String body)
      throws IOException {
    try (exchange) {
      boolean get = exchange.getRequestMethod().equals("GET");
      byte[] bytes = (get ? body : "GET only\n").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(get ? code : METHOD_NOT_ALLOWED, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}

package org.spillway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class HealthServerTest {
  private static final AtomicReference<List<HealthServer.Check>> CHECKS =
      new AtomicReference<>(List.of());
  private static final PrometheusMetrics METRICS = new PrometheusMetrics();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static HealthServer server;

  @BeforeAll
  static void open() throws IOException {
    server =
        new HealthServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), METRICS, CHECKS::get);
  }

  @AfterAll
  static void close() {
    server.close();
    CLIENT.close();
  }

  private static HttpResponse<String> ask(String method, String path)
      throws IOException, InterruptedException {
    URI uri =
        URI.create(
            "http://"
                + InetAddress.getLoopbackAddress().getHostAddress()
                + ":"
                + server.port()
                + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void readyOnlyWhenEveryCheckIs() throws Exception {
    CHECKS.set(
        List.of(
            new HealthServer.Check("spool", true, ""),
            new HealthServer.Check("listeners", true, "3 open")));
    assertThat(ask("GET", "/health/ready").statusCode()).isEqualTo(200);
    assertThat(ask("GET", "/health").body())
        .isEqualTo(
            "{\"live\":true,\"ready\":true,\"checks\":[{\"name\":\"spool\",\"ok\":true,\"why\":\"\"},{\"name\":\"listeners\",\"ok\":true,\"why\":\"3"
                + " open\"}]}\n");

    CHECKS.set(List.of(new HealthServer.Check("spool", false, "disk \"gone\"")));
    HttpResponse<String> broken = ask("GET", "/health/ready");
    assertThat(broken.statusCode()).isEqualTo(503);
    assertThat(broken.body())
        .isEqualTo(
            "{\"ready\":false,\"checks\":[{\"name\":\"spool\",\"ok\":false,"
                + "\"why\":\"disk \\\"gone\\\"\"}]}\n");
    assertThat(ask("GET", "/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void metricsAreServed() throws Exception {
    METRICS.count("spillway_test_total", "site", "onprem");
    HttpResponse<String> all = ask("GET", "/metrics");
    assertThat(all.statusCode()).isEqualTo(200);
    assertThat(all.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(all.body())
        .contains("spillway_test_total{site=\"onprem\"} 1.0", "jvm_heap_used_bytes");
  }

  @Test
  void onlyReadingIsAllowed() throws Exception {
    assertThat(ask("POST", "/health").statusCode()).isEqualTo(405);
    assertThat(ask("GET", "/etc/passwd").statusCode()).isEqualTo(404);
    assertThat(ask("HEAD", "/health/live").body()).isEmpty();
  }
}

package org.spillway.deliver.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.spillway.deliver.tls.StsPolicies.Fetched;
import org.spillway.mail.Domain;
import org.spillway.testing.TestCertificate;

/** Fetching over real HTTPS on the loopback, through a proxy that leads every name there. */
final class HttpsStsSourceTest {
  private static final Domain DOMAIN = Domain.parse("example.net").orElseThrow();
  private static final TestCertificate GOOD = TestCertificate.of("mta-sts.example.net");
  private static final String POLICY = "version: STSv1\nmode: none\nmax_age: 1\n";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch late = new CountDownLatch(1);
  private HttpsServer server;
  private ServerSocket proxy;
  private int status = 200;
  private String type = "text/plain; charset=utf-8";
  private byte[] body = POLICY.getBytes(StandardCharsets.US_ASCII);
  private boolean slow;

  @BeforeEach
  void start() throws IOException {
    serve(GOOD);
    proxy = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    Thread.startVirtualThread(this::tunnel);
  }

  private void serve(TestCertificate certificate) throws IOException {
    server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI());
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Location", "https://mta-sts.example.net/elsewhere");
    exchange.sendResponseHeaders(status, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      if (slow) {
        out.write(body, 0, 1);
        out.flush();
        late.await();
      }
      out.write(body);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void tunnel() {
    try {
      while (true) {
        Socket client = proxy.accept();
        Thread.startVirtualThread(() -> tunnel(client));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void tunnel(Socket client) {
    try (client;
        Socket there = new Socket("127.0.0.1", server.getAddress().getPort())) {
      InputStream in = client.getInputStream();
      for (int end = 0; end < 4; ) { // the request up to its empty line
        int b = in.read();
        end = b == (end % 2 == 0 ? '\r' : '\n') ? end + 1 : b == '\r' ? 1 : 0;
      }
      client.getOutputStream().write("HTTP/1.1 200 ok\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Thread back = Thread.startVirtualThread(() -> copy(there, client));
      copy(client, there);
      back.join();
    } catch (IOException | UncheckedIOException closed) {
      return;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException closed) {
      return;
    }
  }

  @AfterEach
  void stop() throws IOException {
    late.countDown();
    server.stop(0);
    proxy.close();
  }

  private Fetched fetch(TestCertificate trusted, Duration limit) {
    ProxySelector selector =
        ProxySelector.of(new InetSocketAddress("127.0.0.1", proxy.getLocalPort()));
    try (HttpsStsSource source =
        new HttpsStsSource(trusted.clientContext(), Optional.of(selector), limit)) {
      return source.fetch(DOMAIN);
    }
  }

  private Fetched fetch() {
    return fetch(GOOD, Duration.ofSeconds(10));
  }

  private static TlsFault.ResultType fault(Fetched fetched) {
    return ((Fetched.Failed) fetched).fault().type();
  }

  @Test
  void theWellKnownPath() {
    assertThat(fetch()).isEqualTo(new Fetched.Body(POLICY));
    assertThat(asked).containsExactly("mta-sts.example.net/.well-known/mta-sts.txt");
  }

  @Test
  void anUntrustedCertificate() {
    Fetched fetched = fetch(TestCertificate.of("mta-sts.example.net"), Duration.ofSeconds(10));
    assertThat(fault(fetched)).isEqualTo(TlsFault.ResultType.STS_WEBPKI_INVALID);
    assertThat(asked).isEmpty();
  }

  @Test
  void aCertificateForAnotherName() throws IOException {
    server.stop(0);
    TestCertificate other = TestCertificate.of("example.net");
    serve(other);
    assertThat(fault(fetch(other, Duration.ofSeconds(10))))
        .isEqualTo(TlsFault.ResultType.STS_WEBPKI_INVALID);
  }

  @Test
  void noRedirectIsFollowed() {
    status = 302;
    assertThat(fault(fetch())).isEqualTo(TlsFault.ResultType.STS_POLICY_FETCH_ERROR);
    assertThat(asked).hasSize(1);
  }

  @Test
  void onlyTwoHundredAndPlainText() {
    status = 404;
    assertThat(fault(fetch())).isEqualTo(TlsFault.ResultType.STS_POLICY_FETCH_ERROR);
    status = 200;
    type = "text/html";
    assertThat(fault(fetch())).isEqualTo(TlsFault.ResultType.STS_POLICY_FETCH_ERROR);
  }

  @Test
  void noMoreThan64KiB() {
    body = "x".repeat(StsPolicy.MAX_BYTES).getBytes(StandardCharsets.US_ASCII);
    assertThat(fetch()).isInstanceOf(Fetched.Body.class);
    body = "x".repeat(StsPolicy.MAX_BYTES + 1).getBytes(StandardCharsets.US_ASCII);
    assertThat(fault(fetch())).isEqualTo(TlsFault.ResultType.STS_POLICY_FETCH_ERROR);
  }

  @Test
  void aBodyThatDripsEndsInTime() {
    slow = true;
    Fetched fetched = fetch(GOOD, Duration.ofMillis(700));
    assertThat(((Fetched.Failed) fetched).fault().words()).contains("no answer within 700 ms");
  }

  @Test
  void nobodyThere() throws IOException {
    proxy.close();
    assertThat(fault(fetch())).isEqualTo(TlsFault.ResultType.STS_POLICY_FETCH_ERROR);
  }
}

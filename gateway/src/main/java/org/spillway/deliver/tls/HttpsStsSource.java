package org.spillway.deliver.tls;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.spillway.mail.Domain;

/**
 * Fetches policies over HTTPS (RFC 8461 §3.3): verified, no redirects, no HTTP cache, 64 KiB at
 * most, and the whole exchange within one time limit.
 */
public final class HttpsStsSource implements StsPolicies.Source, AutoCloseable {
  private final HttpClient client;
  private final Duration limit;

  /**
   * A source.
   *
   * @param trust whose authorities vouch for {@code mta-sts.DOMAIN}
   * @param proxy where connections go instead, when they must not go straight
   * @param limit for one fetch
   */
  public HttpsStsSource(SSLContext trust, Optional<ProxySelector> proxy, Duration limit) {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"}); // RFC 8461 §3.3, RFC 8996
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .sslContext(trust)
            .sslParameters(parameters)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER) // RFC 8461 §3.3
            .connectTimeout(limit)
            .executor(Executors.newVirtualThreadPerTaskExecutor());
    proxy.ifPresent(builder::proxy);
    this.client = builder.build();
    this.limit = limit;
  }

  @Override
  public StsPolicies.Fetched fetch(Domain domain) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://mta-sts." + domain + "/.well-known/mta-sts.txt"))
            .timeout(limit)
            .header("User-Agent", "Spillway")
            .build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), StsPolicy.MAX_BYTES));
    try {
      return read(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException late) {
      answer.cancel(true);
      return failed("no answer within " + limit.toMillis() + " ms");
    } catch (InterruptedException stopped) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return failed("interrupted");
    } catch (ExecutionException broken) {
      return failed(broken.getCause());
    }
  }

  private static StsPolicies.Fetched read(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      return failed("HTTP status " + response.statusCode());
    }
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("text/plain")) {
      return failed("media type is not text/plain"); // RFC 8461 §3.2
    }
    return new StsPolicies.Fetched.Body(new String(response.body(), StandardCharsets.UTF_8));
  }

  private static StsPolicies.Fetched failed(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof SSLException) {
        return new StsPolicies.Fetched.Failed(
            new TlsFault.StsFetch(
                TlsFault.ResultType.STS_WEBPKI_INVALID, "policy host: " + t.getMessage()));
      }
    }
    String why = cause.getMessage();
    boolean silent = why == null || !(cause instanceof IOException);
    return failed(silent ? cause.toString() : why);
  }

  private static StsPolicies.Fetched failed(String why) {
    return new StsPolicies.Fetched.Failed(
        new TlsFault.StsFetch(TlsFault.ResultType.STS_POLICY_FETCH_ERROR, "policy host: " + why));
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}

package org.spillway.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.spillway.auth.AuthReport;
import org.spillway.auth.dkim.DkimResult;
import org.spillway.auth.message.Authentication;
import org.spillway.control.AuthProbe;
import org.spillway.control.Json;
import org.spillway.control.socket.Exit;
import org.spillway.dns.DnsJavaResolver;
import org.spillway.dns.DnsSettings;
import org.spillway.dns.upstream.ServerAddress;
import org.spillway.mail.AddressLiteral;
import org.spillway.mail.Content;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spillway auth verify}. */
@Command(
    name = "verify",
    description = {
      "Authenticate a message as the gateway would: SPF, DKIM, ARC and DMARC, each with its cause.",
      "The message is read from a file, or from standard input when none is named."
    },
    footer = {
      "",
      "With --jsonl each line of standard input is an object with any of the keys message (a"
          + " path),",
      "ip, helo, mail_from and now (seconds since 1970); each gets a line of results, in order.",
      "",
      "Examples:",
      "  spillway auth verify --message mail.eml --ip 192.0.2.1 --helo mx.example.com \\\\",
      "      --mail-from ann@example.com",
      "  spillway auth verify --jsonl --dns 127.0.0.1:5353 < cases.jsonl"
    })
final class AuthVerify implements Callable<Integer> {
  private static final Duration DNS_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration DNS_BUDGET = Duration.ofSeconds(8);

  @Spec private CommandSpec spec;

  @Option(names = "--message", paramLabel = "FILE", description = "The message.")
  private Optional<Path> message = Optional.empty();

  @Option(names = "--ip", paramLabel = "ADDRESS", description = "The client's address.")
  private Optional<String> ip = Optional.empty();

  @Option(names = "--helo", paramLabel = "NAME", description = "What the client greeted with.")
  private String helo = "";

  @Option(
      names = "--mail-from",
      paramLabel = "ADDRESS",
      description = "The sender; the null reverse-path when left out.")
  private String from = "";

  @Option(
      names = "--dns",
      paramLabel = "HOST:PORT",
      description = "The resolver to ask; the system's when left out.")
  private List<String> dns = List.of();

  @Option(
      names = "--now",
      paramLabel = "TIME",
      description = "When the message came. Default: now.")
  private Optional<Instant> now = Optional.empty();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(names = "--jsonl", description = "Read and write a JSON object a line.")
  private boolean jsonl;

  @Override
  public Integer call() throws Failure, IOException {
    for (String server : dns) {
      ServerAddress.parse(server)
          .orElseThrow(() -> new Failure(Exit.USAGE, "'" + server + "' is not ADDRESS:PORT."));
    }
    AuthProbe probe =
        new AuthProbe(
            new DnsJavaResolver(
                DnsSettings.standard(dns).withTimes(DNS_TIMEOUT, DNS_BUDGET),
                InstantSource.system(),
                System::nanoTime),
            "localhost",
            new SecureRandom());
    return jsonl ? lines(probe) : one(probe);
  }

  private int one(AuthProbe probe) throws Failure, IOException {
    byte[] bytes =
        message.isPresent()
            ? Files.readAllBytes(message.get())
            : Spillway.world(spec).in().readAllBytes();
    AuthProbe.Sample sample =
        new AuthProbe.Sample(
            address(ip.orElse("127.0.0.1")),
            helo,
            from,
            now.orElse(Spillway.world(spec).clock().instant()),
            Optional.of(AuthProbe.lines(bytes)));
    Authentication seen = probe.verify(sample);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(AuthProbe.json(seen, sample)));
    } else {
      print(seen, out);
    }
    return Exit.OK.code();
  }

  private static void print(Authentication seen, PrintWriter out) {
    out.println(
        "spf    " + seen.spf().mailFrom().word() + ": " + seen.spf().mailFrom().cause().text());
    for (DkimResult signature : seen.dkim()) {
      String domain = signature.domain().map(d -> d + " ").orElse("");
      out.println("dkim   " + signature.word().text() + ": " + domain + signature.cause().text());
    }
    out.println("arc    " + seen.arc().state().text() + ": " + seen.arc().cause().text());
    out.println("dmarc  " + seen.policy().word().text() + ": " + seen.policy().why());
    out.println();
    out.print(AuthReport.of("localhost", seen.entries()).field(true).replace("\r\n", "\n"));
    out.flush();
  }

  private int lines(AuthProbe probe) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(Spillway.world(spec).in(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(Json.text(answer(probe, line)));
        out.flush();
      }
    }
    return Exit.OK.code();
  }

  private Map<String, Object> answer(AuthProbe probe, String line) {
    Optional<Map<String, Object>> ask = Json.read(line.getBytes(StandardCharsets.UTF_8));
    if (ask.isEmpty()) {
      return Map.of("error", "not a JSON object");
    }
    try {
      AuthProbe.Sample sample = sample(ask.get());
      return AuthProbe.json(probe.verify(sample), sample);
    } catch (IOException | Failure unreadable) {
      return Map.of("error", String.valueOf(unreadable.getMessage()));
    }
  }

  private AuthProbe.Sample sample(Map<String, Object> ask) throws IOException, Failure {
    Optional<String> path = text(ask, "message");
    Optional<Content> content =
        path.isPresent()
            ? Optional.of(AuthProbe.lines(Files.readAllBytes(Path.of(path.get()))))
            : Optional.empty();
    Instant at =
        ask.get("now") instanceof Number seconds
            ? Instant.ofEpochSecond(seconds.longValue())
            : Spillway.world(spec).clock().instant();
    return new AuthProbe.Sample(
        address(text(ask, "ip").orElse("127.0.0.1")),
        text(ask, "helo").orElse(""),
        text(ask, "mail_from").orElse(""),
        at,
        content);
  }

  private static Optional<String> text(Map<String, Object> ask, String key) {
    return Optional.ofNullable(ask.get(key)).map(Object::toString).filter(t -> !t.isEmpty());
  }

  private static InetAddress address(String text) throws Failure {
    return AddressLiteral.ip(text)
        .orElseThrow(() -> new Failure(Exit.USAGE, "'" + text + "' is not an IP address."));
  }
}

package org.spillway.guard;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.spillway.mail.Address;
import org.spillway.mail.Arrival;
import org.spillway.mail.Content;
import org.spillway.mail.ContentFacts;
import org.spillway.mail.Direction;
import org.spillway.mail.Domain;
import org.spillway.mail.EntryId;
import org.spillway.mail.Envelope;
import org.spillway.mail.Message;
import org.spillway.mail.Network;
import org.spillway.mail.Recipient;
import org.spillway.mail.ReversePath;
import org.spillway.metrics.Metrics;
import org.spillway.testing.FakeDns;

/** What the guard costs a message with its defaults, in all stages; no test. */
final class GuardBench {
  private static final int ROUND = 2_000_000;

  private GuardBench() {}

  public static void main(String[] args) throws IOException {
    Path directory = Files.createTempDirectory("guard-bench");
    FakeDns dns = new FakeDns();
    Guard guard =
        Guard.open(
            GuardSettings.DEFAULT,
            new Home(
                "mx.ours.test",
                Set.of(new Domain("ours.test")),
                List.of(Network.parse("10.0.0.0/8").orElseThrow()),
                Set.of("submission")),
            new Guard.World(
                dns,
                ReverseNames.through(dns),
                KnownSenders.NONE,
                InstantSource.system(),
                Metrics.NONE,
                directory));
    for (int i = 0; i < 4; i++) {
      run(guard, "stranger", "203.0.113.9", Optional.empty());
      run(guard, "our network", "10.1.2.3", Optional.empty());
      run(guard, "user", "203.0.113.9", Optional.of("ann"));
    }
    guard.close();
  }

  private static void run(Guard guard, String who, String ip, Optional<String> user) {
    Arrival arrival =
        new Arrival(
            Instant.EPOCH,
            InetAddress.ofLiteral(ip),
            4000,
            "mail.sender.test",
            true,
            Optional.empty(),
            user,
            "smtp");
    Recipient to = Recipient.of(Address.parse("b@ours.test").orElseThrow());
    Envelope before =
        Envelope.of(
            ReversePath.of(Address.parse("a@sender.test").orElseThrow()), List.<Recipient>of());
    Message message = message(arrival, before.with(List.of(to)));
    long signs = 0;
    long start = System.nanoTime();
    for (int i = 0; i < ROUND; i++) {
      signs += guard.connection(arrival, _ -> 0).size();
      signs += guard.sender(arrival, before.from()).size();
      signs += guard.recipient(arrival, before, to, true).size();
      signs += guard.message(message).size();
    }
    double each = (System.nanoTime() - start) / (double) ROUND;
    System.out.printf("%s: %.0f ns a message in all four stages, %d signs%n", who, each, signs);
  }

  private static Message message(Arrival arrival, Envelope envelope) {
    ContentFacts facts =
        new ContentFacts(
            10_000,
            300,
            "",
            1,
            false,
            false,
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            List.of());
    Content content =
        new Content() {
          @Override
          public long sizeBytes() {
            return 10_000;
          }

          @Override
          public InputStream open() {
            return new ByteArrayInputStream(new byte[10_000]);
          }
        };
    return new Message(new EntryId(1, 2), arrival, Direction.INBOUND, envelope, facts, content);
  }
}

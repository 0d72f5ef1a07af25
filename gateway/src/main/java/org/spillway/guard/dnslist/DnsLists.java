package org.spillway.guard.dnslist;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.spillway.dns.Answer;
import org.spillway.dns.Dns;
import org.spillway.metrics.Metrics;

/**
 * Asks all lists at once, each on a virtual thread, a bounded number in all. A list that is late or
 * cannot be asked counts as broken, never as listed. Answers are cached by {@link Dns} alone, for
 * as long as their TTL says.
 */
public final class DnsLists {
  private static final int MOST_QUESTIONS = 256;
  private static final String METRIC = "spillway_dns_list_total";

  private final Dns dns;
  private final Metrics metrics;
  private final Semaphore questions = new Semaphore(MOST_QUESTIONS);

  /** Lists to be asked through a resolver. */
  public DnsLists(Dns dns, Metrics metrics) {
    this.dns = dns;
    this.metrics = metrics;
  }

  /**
   * Asks about a client; blocks the virtual thread for {@code timeout} at most. No list is asked
   * about an address that is not of the public Internet.
   */
  public Standing ask(InetAddress client, List<DnsList> lists, Duration timeout) {
    if (lists.isEmpty() || isLocal(client)) {
      return Standing.NONE;
    }
    String reversed = reversed(client);
    List<CompletableFuture<ListAnswer>> asked =
        lists.stream().map(list -> begin(list, reversed, timeout)).toList();
    List<ListAnswer> answers = new ArrayList<>();
    for (CompletableFuture<ListAnswer> answer : asked) {
      answers.add(answer.join());
    }
    answers.forEach(this::count);
    return Standing.of(answers);
  }

  private CompletableFuture<ListAnswer> begin(DnsList list, String reversed, Duration timeout) {
    if (!questions.tryAcquire()) {
      return CompletableFuture.completedFuture(
          new ListAnswer.Broken(list.zone(), "too many questions are open"));
    }
    CompletableFuture<ListAnswer> answer = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> ask(list, reversed, answer));
    return answer.completeOnTimeout(
        new ListAnswer.Broken(list.zone(), "no answer in " + timeout.toMillis() + " ms"),
        timeout.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private void ask(DnsList list, String reversed, CompletableFuture<ListAnswer> answer) {
    try {
      Answer<InetAddress> found = dns.a(reversed + "." + list.zone());
      answer.complete(ListAnswer.of(list, found));
    } catch (RuntimeException broken) {
      answer.complete(new ListAnswer.Broken(list.zone(), broken.toString()));
    } finally {
      questions.release();
    }
  }

  private void count(ListAnswer answer) {
    String result =
        switch (answer) {
          case ListAnswer.Listed _ -> "listed";
          case ListAnswer.NotListed _ -> "not-listed";
          case ListAnswer.Broken _ -> "broken";
        };
    metrics.count(METRIC, "zone", answer.zone(), "result", result);
  }

  private static boolean isLocal(InetAddress client) {
    boolean uniqueLocal =
        client.getAddress().length == 16 && (client.getAddress()[0] & 0xfe) == 0xfc; // RFC 4193
    return uniqueLocal
        || client.isLoopbackAddress()
        || client.isSiteLocalAddress()
        || client.isLinkLocalAddress()
        || client.isAnyLocalAddress();
  }

  /** RFC 5782 §2.1 and §2.4: octets, or nibbles for IPv6, last first. */
  static String reversed(InetAddress client) {
    byte[] bytes = client.getAddress();
    StringBuilder name = new StringBuilder(64);
    for (int i = bytes.length - 1; i >= 0; i--) {
      int octet = bytes[i] & 0xff;
      if (bytes.length == 4) {
        name.append(octet);
      } else {
        name.append(Character.forDigit(octet & 15, 16)).append('.');
        name.append(Character.forDigit(octet >> 4, 16));
      }
      if (i > 0) {
        name.append('.');
      }
    }
    return name.toString();
  }
}

package org.spillway.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.spillway.dns.upstream.Deadline;
import org.spillway.mail.Domain;

/**
 * A DNS for one message: past so many look-ups or so much time every answer is {@link
 * Answer.Failed} with the word budget in it. A look-up under way ends with the budget too. May be
 * shared by the threads that check the message.
 */
public final class BudgetedDns implements Dns {
  private final Dns dns;
  private final Duration time;
  private final Deadline deadline;
  private final int most;
  private final AtomicInteger asked = new AtomicInteger();

  /**
   * The time runs from now.
   *
   * @param nanos elapsed time, as {@code System.nanoTime} gives it
   */
  public BudgetedDns(Dns dns, Duration time, int lookups, LongSupplier nanos) {
    this.dns = dns;
    this.time = time;
    this.deadline = Deadline.in(time, nanos);
    this.most = lookups;
  }

  /** The look-ups so far, those refused included. */
  public int asked() {
    return asked.get();
  }

  @Override
  public Answer<Mx> mx(Domain domain) {
    return within(() -> dns.mx(domain));
  }

  @Override
  public Answer<InetAddress> addresses(String host) {
    return within(() -> dns.addresses(host));
  }

  @Override
  public Answer<InetAddress> a(String host) {
    return within(() -> dns.a(host));
  }

  @Override
  public Answer<InetAddress> aaaa(String host) {
    return within(() -> dns.aaaa(host));
  }

  @Override
  public Answer<Tlsa> tlsa(String name) {
    return within(() -> dns.tlsa(name));
  }

  @Override
  public Answer<String> cname(String name) {
    return within(() -> dns.cname(name));
  }

  @Override
  public Answer<String> txt(String name) {
    return within(() -> dns.txt(name));
  }

  @Override
  public Answer<String> ptr(InetAddress address) {
    return within(() -> dns.ptr(address));
  }

  private <T> Answer<T> within(Supplier<Answer<T>> question) {
    if (asked.getAndUpdate(n -> n == Integer.MAX_VALUE ? n : n + 1) >= most) {
      return new Answer.Failed<>("the message's budget of " + most + " DNS look-ups is used up");
    }
    if (deadline.over()) {
      return late();
    }
    Answer<T> answer = ScopedValue.where(Deadline.OF_MESSAGE, deadline).call(question::get);
    return answer instanceof Answer.Failed<T> && deadline.over() ? late() : answer;
  }

  private <T> Answer<T> late() {
    return new Answer.Failed<>(
        "the message's budget of " + time.toMillis() + " ms for the DNS is used up");
  }
}

package org.spillway.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spillway.testing.FakeDns;

/** The budget of one message. */
final class BudgetedDnsTest implements DnsContract {
  private final HandTime time = new HandTime();
  private final FakeDns fake = new FakeDns().txt("a.test", "x");

  @Override
  public Dns over(String zone) {
    return new BudgetedDns(new FakeDns().zone(zone), Duration.ofSeconds(20), 50, time);
  }

  @Test
  void endsAfterSoManyLookups() {
    BudgetedDns dns = new BudgetedDns(fake, Duration.ofSeconds(20), 2, time);
    assertThat(dns.txt("a.test")).isInstanceOf(Answer.Found.class);
    assertThat(dns.a("a.test")).isInstanceOf(Answer.Absent.class);
    assertThat(dns.txt("a.test").toString()).contains("Failed", "budget of 2 DNS look-ups");
    assertThat(dns.asked()).isEqualTo(3);
    assertThat(fake.questions()).hasSize(2);
  }

  @Test
  void endsAfterItsTime() {
    BudgetedDns dns = new BudgetedDns(fake, Duration.ofSeconds(20), 9, time);
    time.pass(Duration.ofSeconds(19));
    assertThat(dns.txt("a.test")).isInstanceOf(Answer.Found.class);
    time.pass(Duration.ofSeconds(1));
    assertThat(dns.txt("a.test").toString()).contains("Failed", "budget of 20000 ms");
  }

  @Test
  void endsALookupUnderWay() throws IOException {
    try (NameServer server = new NameServer()) {
      server.silent = true;
      DnsSettings settings = DnsSettings.standard(List.of(server.address()));
      Dns resolver = new DnsJavaResolver(settings, time, System::nanoTime);
      Dns dns = new BudgetedDns(resolver, Duration.ofMillis(200), 9, System::nanoTime);
      long before = System.nanoTime();
      assertThat(dns.txt("a.test").toString()).contains("budget of 200 ms");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
    }
  }
}

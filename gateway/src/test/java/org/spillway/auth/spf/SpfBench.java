package org.spillway.auth.spf;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.spillway.dns.Answer;
import org.spillway.dns.Dns;
import org.spillway.mail.Address;
import org.spillway.mail.Domain;
import org.spillway.mail.ReversePath;

/**
 * Microseconds for one identity when every answer of the DNS is at hand; not a test, run by hand.
 */
final class SpfBench {
  private static final int ROUNDS = 300_000;
  private static final Map<String, Answer<String>> TXT =
      Map.of(
          "simple.example", txt("v=spf1 ip4:198.51.100.0/24 ip4:192.0.2.0/24 -all"),
          "include.example", txt("v=spf1 include:a.example include:b.example ~all"),
          "a.example", txt("v=spf1 ip4:198.51.100.0/24 ip6:2001:db8::/32 ~all"),
          "b.example", txt("v=spf1 ip4:203.0.113.0/24 ip4:192.0.2.0/24 ~all"),
          "macro.example", txt("v=spf1 exists:%{ir}.%{l1r-}._spf.%{d2} -all"));

  private SpfBench() {}

  private static Answer<String> txt(String text) {
    return new Answer.Found<>(List.of(text), false);
  }

  private static final class Cached implements Dns {
    private static final Answer<InetAddress> LOCAL =
        new Answer.Found<>(List.of(InetAddress.ofLiteral("127.0.0.2")), false);

    @Override
    public Answer<Mx> mx(Domain domain) {
      return new Answer.Absent<>(false);
    }

    @Override
    public Answer<InetAddress> addresses(String host) {
      return LOCAL;
    }

    @Override
    public Answer<InetAddress> a(String host) {
      return LOCAL;
    }

    @Override
    public Answer<InetAddress> aaaa(String host) {
      return LOCAL;
    }

    @Override
    public Answer<Tlsa> tlsa(String name) {
      return new Answer.Absent<>(false);
    }

    @Override
    public Answer<String> txt(String name) {
      return TXT.getOrDefault(name, new Answer.Absent<>(false));
    }

    @Override
    public Answer<String> ptr(InetAddress address) {
      return new Answer.Absent<>(false);
    }
  }

  public static void main(String[] args) {
    Spf spf = new Spf(new Cached(), InstantSource.system(), SpfSettings.usual("mx.example.com"));
    for (int warm = 0; warm < 3; warm++) {
      for (String domain : List.of("simple.example", "include.example", "macro.example")) {
        SpfRequest request =
            new SpfRequest(
                InetAddress.ofLiteral("192.0.2.1"),
                "mail.example.org",
                ReversePath.of(new Address("ann-lee", new Domain(domain))));
        long start = System.nanoTime();
        int passed = 0;
        for (int i = 0; i < ROUNDS; i++) {
          SpfResult result = spf.check(request, SpfResult.Identity.MAIL_FROM);
          passed += result.word() == SpfResult.Word.PASS ? 1 : 0;
        }
        double micros = (System.nanoTime() - start) / 1000.0 / ROUNDS;
        System.out.printf("%-16s %6.2f us each, %d passed%n", domain, micros, passed);
      }
    }
  }
}

package org.spillway.dns;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/**
 * What a question costs: kept, and asked over the loopback of a server in the same process. Not a
 * test; run its {@code main} from the test classes.
 */
final class ResolverBench {
  private static final int KEPT = 5_000_000;
  private static final int ASKED = 20_000;

  private ResolverBench() {}

  /** Prints microseconds a question. */
  public static void main(String[] args) throws IOException, InterruptedException {
    try (NameServer server = new NameServer()) {
      server.add("example.test", "TXT", "\"v=spf1 -all\"", 300);
      server.add("zero.test", "TXT", "\"v=spf1 -all\"", 0);
      DnsSettings settings = DnsSettings.standard(List.of(server.address()));
      Dns dns = new DnsJavaResolver(settings, InstantSource.system(), System::nanoTime);
      Thread asker =
          Thread.startVirtualThread(
              () -> {
                for (int round = 0; round < 3; round++) {
                  print("kept", KEPT, () -> dns.txt("example.test"));
                  print("kept, upper case", KEPT, () -> dns.txt("Example.Test"));
                  print("asked", ASKED, () -> dns.txt("zero.test"));
                  server.questions.clear();
                }
              });
      asker.join();
    }
  }

  private static void print(String what, int times, Runnable question) {
    long before = System.nanoTime();
    for (int i = 0; i < times; i++) {
      question.run();
    }
    double micros = (System.nanoTime() - before) / 1000.0 / times;
    System.out.println(String.format(Locale.ROOT, "%s: %.3f us", what, micros));
  }
}

package org.spillway.guard.dnslist;

import java.net.InetAddress;
import java.util.List;
import org.spillway.dns.Answer;

/** What one list says of a client. */
public sealed interface ListAnswer {
  /** The list's zone. */
  String zone();

  /**
   * It is listed.
   *
   * @param weight of the list
   * @param code the first answer that counts, for example {@code 127.0.0.2}
   */
  record Listed(String zone, int weight, String code) implements ListAnswer {}

  /** It is not listed. */
  record NotListed(String zone) implements ListAnswer {}

  /** The list does not work, or does not serve us: it says nothing of the client. */
  record Broken(String zone, String why) implements ListAnswer {}

  /** Reads a list's answer to the question about a client. */
  static ListAnswer of(DnsList list, Answer<InetAddress> answer) {
    return switch (answer) {
      case Answer.Absent<InetAddress> _ -> new NotListed(list.zone());
      case Answer.Failed<InetAddress>(String why) -> new Broken(list.zone(), why);
      case Answer.Found<InetAddress>(List<InetAddress> records, boolean _) -> of(list, records);
    };
  }

  private static ListAnswer of(DnsList list, List<InetAddress> records) {
    for (InetAddress record : records) {
      byte[] code = record.getAddress();
      if (code.length != 4 || code[0] != 127) {
        // RFC 5782 §2.1: within 127.0.0.0/8; a parked or hijacked zone answers otherwise
        return new Broken(list.zone(), "answers " + record.getHostAddress());
      }
      if (code[1] == (byte) 255 && code[2] == (byte) 255) {
        return new Broken(list.zone(), "refuses us with " + record.getHostAddress());
      }
    }
    return records.stream()
        .filter(record -> list.codes().stream().anyMatch(c -> c.fits(record.getAddress())))
        .findFirst()
        .<ListAnswer>map(r -> new Listed(list.zone(), list.weight(), r.getHostAddress()))
        .orElseGet(() -> new NotListed(list.zone()));
  }
}

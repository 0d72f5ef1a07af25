package org.spillway.auth.spf;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.spillway.auth.IpBits;
import org.spillway.dns.Answer;

/** The names that the client's address points to, asked for and validated once (§5.5, §7.3). */
final class Pointers {
  private static final int MOST = 10; // RFC 7208 §4.6.4: the rest is ignored
  private static final String UNKNOWN = "unknown";

  private final Questions dns;
  private final Subject subject;
  private final Map<String, Boolean> valid = new HashMap<>(0);
  private Optional<List<String>> names = Optional.empty();
  private boolean absent;

  Pointers(Questions dns, Subject subject) {
    this.dns = dns;
    this.subject = subject;
  }

  private List<String> names() {
    if (names.isEmpty()) {
      names = Optional.of(ask());
    }
    return names.get();
  }

  private List<String> ask() {
    return switch (dns.ptr(subject.address())) {
      case Answer.Found<String>(List<String> found, boolean _) ->
          found.stream().limit(MOST).flatMap(n -> HostName.askable(n).stream()).toList();
      case Answer.Absent<String> _ -> {
        absent = true;
        yield List.of();
      }
      case Answer.Failed<String> _ -> List.of(); // RFC 7208 §5.5: the mechanism does not match
    };
  }

  /** True when the DNS has no name for the client. */
  boolean isAbsent() {
    return names().isEmpty() && absent;
  }

  /** True when a validated name is that domain or below it. */
  boolean isWithin(String domain) {
    return first(name -> HostName.isWithin(name, domain)).isPresent();
  }

  /** RFC 7208 §7.3: the domain itself, else a name below it, else any validated name. */
  String best(String domain) {
    return first(name -> name.equalsIgnoreCase(domain))
        .or(() -> first(name -> HostName.isWithin(name, domain)))
        .or(() -> first(_ -> true))
        .orElse(UNKNOWN);
  }

  private Optional<String> first(Predicate<String> wanted) {
    for (String name : names()) {
      if (wanted.test(name) && valid.computeIfAbsent(name, this::validates)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  private boolean validates(String name) {
    return switch (dns.addresses(name, subject.bits())) {
      case Answer.Found<InetAddress>(List<InetAddress> found, boolean _) ->
          found.stream().anyMatch(ip -> IpBits.of(ip).equals(subject.bits()));
      case Answer.Absent<InetAddress> _, Answer.Failed<InetAddress> _ -> false; // RFC 7208 §5.5
    };
  }
}

package org.spillway.testing;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.spillway.dns.Answer;
import org.spillway.dns.Dns;
import org.spillway.mail.Domain;

/** A DNS that holds what the test put in. Names that were not put in do not exist. */
public final class FakeDns implements Dns {
  private final Map<String, List<Object>> records = new ConcurrentHashMap<>();
  private final Map<String, String> failures = new ConcurrentHashMap<>();
  private final Set<String> secure = ConcurrentHashMap.newKeySet();
  private final List<String> questions = new CopyOnWriteArrayList<>();

  /** Adds an MX record; an empty host is the null MX. */
  public FakeDns mx(String domain, int preference, String host) {
    return put("mx", domain, new Mx(preference, host));
  }

  /** Adds address records. */
  public FakeDns address(String host, String... literals) {
    for (String literal : literals) {
      put("address", host, InetAddress.ofLiteral(literal));
    }
    return this;
  }

  /** Adds a TXT record. */
  public FakeDns txt(String name, String text) {
    return put("txt", name, text);
  }

  /** Adds a PTR record. */
  public FakeDns ptr(String literal, String name) {
    return put("ptr", literal, name);
  }

  /** Adds a TLSA record; the data in lower-case hex. */
  public FakeDns tlsa(String name, int usage, int selector, int matching, String data) {
    return put("tlsa", name, new Tlsa(usage, selector, matching, data));
  }

  /** Makes a name an alias, which every question but the one for it follows. */
  public FakeDns cname(String name, String target) {
    return put("cname", name, target);
  }

  /** Answers about a name are proved by DNSSEC from now on. */
  public FakeDns secure(String name) {
    secure.add(key(name));
    return this;
  }

  /**
   * Adds a zone as text, a record a line: {@code example.com TXT v=spf1 -all}, {@code example.com
   * MX 10 mx.example.com}, A, AAAA, PTR (owner is the address), TLSA, CNAME, or {@code example.com
   * FAIL why}. TXT runs to the end of the line, without quotes. Empty lines and {@code #} are left
   * out.
   */
  public FakeDns zone(String text) {
    text.lines()
        .map(String::strip)
        .filter(l -> !l.isEmpty() && l.charAt(0) != '#')
        .forEach(this::line);
    return this;
  }

  private void line(String line) {
    String[] part = line.split("\\s+", 3);
    String[] data = part[2].split("\\s+");
    switch (part[1]) {
      case "TXT" -> txt(part[0], part[2]);
      case "MX" -> mx(part[0], Integer.parseInt(data[0]), data[1].equals(".") ? "" : data[1]);
      case "A", "AAAA" -> address(part[0], data);
      case "CNAME" -> cname(part[0], part[2]);
      case "PTR" -> ptr(part[0], part[2]);
      case "TLSA" ->
          tlsa(
              part[0],
              Integer.parseInt(data[0]),
              Integer.parseInt(data[1]),
              Integer.parseInt(data[2]),
              data[3]);
      case "FAIL" -> fail(part[0], part[2]);
      default -> throw new IllegalArgumentException("no such record in a test zone: " + line);
    }
  }

  /** Makes every question about a name fail, until records are put in. */
  public FakeDns fail(String name, String why) {
    failures.put(key(name), why);
    return this;
  }

  /** Forgets all that is known of a name. */
  public FakeDns clear(String name) {
    failures.remove(key(name));
    records.keySet().removeIf(k -> k.endsWith(" " + key(name)));
    return this;
  }

  /** The questions so far, as {@code mx example.com}. */
  public List<String> questions() {
    return List.copyOf(questions);
  }

  private FakeDns put(String type, String name, Object record) {
    failures.remove(key(name));
    records.computeIfAbsent(type + " " + key(name), _ -> new CopyOnWriteArrayList<>()).add(record);
    return this;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private <T> Answer<T> answer(String type, String name, Class<T> kind) {
    questions.add(type + " " + key(name));
    boolean proved = true;
    String at = key(name);
    for (int aliases = 0; aliases < 10; aliases++) {
      String failure = failures.get(at);
      if (failure != null) {
        return new Answer.Failed<>(failure);
      }
      proved &= secure.contains(at);
      List<Object> found = records.get(type + " " + at);
      if (found != null) {
        return new Answer.Found<>(found.stream().map(kind::cast).toList(), proved);
      }
      List<Object> alias = records.get("cname " + at);
      if (alias == null) {
        String last = " " + at;
        return new Answer.Absent<>(records.keySet().stream().anyMatch(k -> k.endsWith(last)));
      }
      at = key(alias.getFirst().toString());
    }
    return new Answer.Failed<>("aliases without an end");
  }

  @Override
  public Answer<Mx> mx(Domain domain) {
    Answer<Mx> answer = answer("mx", domain.name(), Mx.class);
    if (answer instanceof Answer.Found<Mx>(List<Mx> unsorted, boolean secure)) {
      List<Mx> sorted = new ArrayList<>(unsorted);
      sorted.sort(Comparator.comparingInt(Mx::preference));
      return new Answer.Found<>(sorted, secure);
    }
    return answer;
  }

  @Override
  public Answer<InetAddress> addresses(String host) {
    return answer("address", host, InetAddress.class);
  }

  @Override
  public Answer<InetAddress> a(String host) {
    return family(host, Inet4Address.class);
  }

  @Override
  public Answer<InetAddress> aaaa(String host) {
    return family(host, Inet6Address.class);
  }

  private Answer<InetAddress> family(String host, Class<? extends InetAddress> family) {
    Answer<InetAddress> answer = answer("address", host, InetAddress.class);
    if (answer instanceof Answer.Found<InetAddress>(List<InetAddress> all, boolean proved)) {
      List<InetAddress> some = all.stream().filter(family::isInstance).toList();
      return some.isEmpty() ? new Answer.Absent<>(true) : new Answer.Found<>(some, proved);
    }
    return answer;
  }

  @Override
  public Answer<Tlsa> tlsa(String name) {
    return answer("tlsa", name, Tlsa.class);
  }

  @Override
  public Answer<String> cname(String name) {
    return answer("cname", name, String.class);
  }

  @Override
  public Answer<String> txt(String name) {
    return answer("txt", name, String.class);
  }

  @Override
  public Answer<String> ptr(InetAddress address) {
    return answer("ptr", address.getHostAddress(), String.class);
  }
}

package org.spillway.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.spillway.mail.AddressLiteral;
import org.spillway.mail.Domain;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * The DNS through recursive resolvers: UDP with EDNS of 1,232 bytes (RFC 6891), TCP where an answer
 * is cut (RFC 7766), CNAMEs followed, answers kept for their TTL. It does not prove answers, so
 * none is ever secure. The hosts file counts for addresses.
 */
public final class DnsJavaResolver implements Dns {
  private static final int EDNS_BYTES = 1232;
  private static final int MAX_ADDRESSES = 64;

  private final LookupSession session;
  private final Duration timeout;

  /**
   * Opens no socket yet.
   *
   * @param servers resolvers as {@code address} or {@code address:port}, IPv6 with a port in
   *     brackets; the system's when empty
   * @param timeout of one question to one server; a whole look-up takes at most four of them
   * @param cacheEntries most names kept
   */
  public DnsJavaResolver(List<String> servers, Duration timeout, int cacheEntries) {
    this.timeout = timeout;
    List<Resolver> resolvers = new ArrayList<>();
    for (InetSocketAddress server : servers.isEmpty() ? system() : addresses(servers)) {
      SimpleResolver resolver = new SimpleResolver(server);
      resolver.setEDNS(0, EDNS_BYTES, 0, List.of());
      resolver.setTimeout(timeout);
      resolvers.add(resolver);
    }
    ExtendedResolver all = new ExtendedResolver(resolvers);
    all.setRetries(2);
    all.setTimeout(timeout.multipliedBy(3));
    Cache cache = new Cache(DClass.IN);
    cache.setMaxEntries(cacheEntries);
    session = LookupSession.builder().resolver(all).cache(cache).hostsFileParser(hosts()).build();
  }

  private static HostsFileParser hosts() {
    return new HostsFileParser();
  }

  private static List<InetSocketAddress> system() {
    return ResolverConfig.getCurrentConfig().servers();
  }

  private static List<InetSocketAddress> addresses(List<String> servers) {
    return servers.stream().map(text -> address(text).orElseThrow()).toList();
  }

  /**
   * Reads {@code 192.0.2.1}, {@code 192.0.2.1:53}, {@code 2001:db8::1}, {@code [2001:db8::1]:53}.
   */
  public static Optional<InetSocketAddress> address(String text) {
    Optional<InetAddress> bare = AddressLiteral.ip(text);
    if (bare.isPresent()) {
      return bare.map(ip -> new InetSocketAddress(ip, SimpleResolver.DEFAULT_PORT));
    }
    int colon = text.lastIndexOf(':');
    if (colon < 0 || !text.substring(colon + 1).matches("[1-9]\\d{0,4}")) {
      return Optional.empty();
    }
    int port = Integer.parseInt(text.substring(colon + 1));
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String literal = bracketed ? host.substring(1, host.length() - 1) : host;
    return port > 65_535 || literal.contains(":") != bracketed
        ? Optional.empty()
        : AddressLiteral.ip(literal).map(ip -> new InetSocketAddress(ip, port));
  }

  @Override
  public Answer<Mx> mx(Domain domain) {
    Answer<Mx> answer =
        ask(domain.name(), Type.MX, r -> new Mx(((MXRecord) r).getPriority(), target(r)));
    return switch (answer) {
      case Answer.Found<Mx>(List<Mx> records, boolean secure) ->
          new Answer.Found<>(
              records.stream().sorted(Comparator.comparingInt(Mx::preference)).toList(), secure);
      case Answer.Absent<Mx> absent -> absent;
      case Answer.Failed<Mx> failed -> failed;
    };
  }

  private static String target(Record mx) { // RFC 7505 §3: "." is no host
    return ((MXRecord) mx).getTarget().toString(true).replaceFirst("^\\.$", "");
  }

  @Override
  public Answer<InetAddress> addresses(String host) {
    Answer<InetAddress> four = a(host);
    Answer<InetAddress> six = aaaa(host);
    List<InetAddress> all = new ArrayList<>();
    for (Answer<InetAddress> answer : List.of(four, six)) {
      if (answer instanceof Answer.Found<InetAddress>(List<InetAddress> records, boolean _)) {
        all.addAll(records);
      }
    }
    if (!all.isEmpty()) {
      return new Answer.Found<>(all.subList(0, Math.min(all.size(), MAX_ADDRESSES)), false);
    }
    return four instanceof Answer.Failed<InetAddress> ? four : merge(four, six);
  }

  /** None of either kind: the name exists when one of the two answers says so. */
  private static Answer<InetAddress> merge(Answer<InetAddress> a, Answer<InetAddress> b) {
    if (b instanceof Answer.Failed<InetAddress>) {
      return b;
    }
    return a instanceof Answer.Absent<InetAddress>(boolean exists) && exists ? a : b;
  }

  @Override
  public Answer<InetAddress> a(String host) {
    return ask(host, Type.A, r -> ((ARecord) r).getAddress());
  }

  @Override
  public Answer<InetAddress> aaaa(String host) {
    return ask(host, Type.AAAA, r -> ((AAAARecord) r).getAddress());
  }

  @Override
  public Answer<Tlsa> tlsa(String name) {
    return ask(name, Type.TLSA, r -> tlsa((TLSARecord) r));
  }

  private static Tlsa tlsa(TLSARecord r) {
    return new Tlsa(
        r.getCertificateUsage(),
        r.getSelector(),
        r.getMatchingType(),
        HexFormat.of().formatHex(r.getCertificateAssociationData()));
  }

  @Override
  public Answer<String> txt(String name) {
    return ask(name, Type.TXT, r -> joined((TXTRecord) r));
  }

  /** RFC 7208 §3.3, RFC 6376 §3.6.2.2: the strings of one record are joined without a space. */
  private static String joined(TXTRecord txt) {
    StringBuilder text = new StringBuilder();
    for (byte[] part : txt.getStringsAsByteArrays()) {
      text.append(new String(part, java.nio.charset.StandardCharsets.ISO_8859_1));
    }
    return text.toString();
  }

  @Override
  public Answer<String> ptr(InetAddress address) {
    String name = ReverseMap.fromAddress(address).toString();
    return ask(name, Type.PTR, r -> ((PTRRecord) r).getTarget().toString(true));
  }

  private <T> Answer<T> ask(String name, int type, Function<Record, T> reading) {
    Name absolute;
    try {
      absolute = Name.fromString(name, Name.root);
    } catch (TextParseException noName) {
      return new Answer.Absent<>(false);
    }
    try {
      List<Record> records =
          session
              .lookupAsync(absolute, type)
              .toCompletableFuture()
              .get(timeout.toMillis() * 4, java.util.concurrent.TimeUnit.MILLISECONDS)
              .getRecords();
      List<T> found = records.stream().filter(r -> r.getType() == type).map(reading).toList();
      return found.isEmpty() ? new Answer.Absent<>(true) : new Answer.Found<>(found, false);
    } catch (ExecutionException failed) {
      return failure(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Answer.Failed<>("interrupted");
    } catch (java.util.concurrent.TimeoutException late) {
      return new Answer.Failed<>("no answer within " + timeout.multipliedBy(4).toMillis() + " ms");
    } catch (CancellationException | IllegalArgumentException odd) {
      return new Answer.Failed<>(odd.toString());
    }
  }

  private static <T> Answer<T> failure(Throwable cause) {
    return switch (cause) {
      case NoSuchDomainException _ -> new Answer.Absent<>(false);
      case NoSuchRRSetException _ -> new Answer.Absent<>(true);
      default ->
          new Answer.Failed<>(
              cause.getMessage() == null
                  ? cause.getClass().getSimpleName()
                  : cause.getClass().getSimpleName() + ": " + cause.getMessage());
    };
  }
}

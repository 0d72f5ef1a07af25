package org.spillway.report.tls;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.spillway.dns.Answer;
import org.spillway.dns.Dns;
import org.spillway.mail.Address;
import org.spillway.mail.Domain;

/**
 * What a domain publishes at {@code _smtp._tls}: where TLS reports about it go (RFC 8460 §3).
 *
 * @param rua at least one
 */
public record TlsRptRecord(List<Endpoint> rua) {
  private static final int LONGEST = 4_096;
  private static final int MOST_URIS = 20;
  private static final String VERSION = "v=TLSRPTv1"; // RFC 8460 §3: case-sensitive

  public TlsRptRecord {
    rua = List.copyOf(rua);
  }

  /** One address of rua. */
  public sealed interface Endpoint {}

  /** A mailbox. */
  public record Mailbox(Address address) implements Endpoint {}

  /** A place for HTTPS POST. */
  public record Https(URI uri) implements Endpoint {}

  /** A scheme that we do not know. */
  public record Unsupported(String uri) implements Endpoint {}

  /** What a TXT record, or a look-up, turned out to be. */
  public sealed interface Reading {}

  /** A record to follow. */
  public record Valid(TlsRptRecord record) implements Reading {}

  /** Begins as one, and cannot be used. */
  public record Invalid(String why) implements Reading {}

  /** Does not begin with {@code v=TLSRPTv1}; or there is none. */
  public record Absent(String why) implements Reading {}

  /** The DNS did not say. */
  public record Unanswered(String why) implements Reading {}

  /** Asks for the record of a domain (RFC 8460 §3). */
  public static Reading lookUp(Dns dns, Domain domain) {
    String name = "_smtp._tls." + domain.name();
    return switch (dns.txt(name)) {
      case Answer.Failed<String>(String why) -> new Unanswered(name + ": " + why);
      case Answer.Absent<String> _ -> new Absent("nothing at " + name);
      case Answer.Found<String>(List<String> texts, boolean _) -> {
        List<Reading> found =
            texts.stream()
                .map(TlsRptRecord::parse)
                .filter(reading -> !(reading instanceof Absent))
                .toList();
        yield found.size() == 1 // else as if there were none
            ? found.getFirst()
            : new Absent(found.size() + " records at " + name);
      }
    };
  }

  /** Reads the text of a TXT record. Never throws. */
  public static Reading parse(String text) {
    String[] fields = text.split(";", -1);
    if (text.length() > LONGEST || !strip(fields[0]).equals(VERSION)) {
      return new Absent("does not begin with " + VERSION);
    }
    List<Endpoint> rua = new ArrayList<>();
    int last = fields.length - 1;
    for (int i = 1; i < fields.length; i++) {
      String field = strip(fields[i]);
      if (field.isEmpty() && i == last && i > 1) {
        continue; // [field-delim] at the end
      }
      Optional<String> wrong = field(field, rua);
      if (wrong.isPresent()) {
        return new Invalid(wrong.get());
      }
    }
    return rua.isEmpty() ? new Invalid("no rua") : new Valid(new TlsRptRecord(rua));
  }

  /** Reads one field; answers what is wrong with it. */
  private static Optional<String> field(String field, List<Endpoint> rua) {
    int equals = field.indexOf('=');
    String name = equals < 0 ? "" : field.substring(0, equals);
    if (name.equals("rua")) {
      return uris(field.substring(equals + 1), rua);
    }
    boolean named = name.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}");
    boolean valued =
        equals > 0
            && equals < field.length() - 1
            && field.chars().skip(equals + 1L).allMatch(c -> c > ' ' && c < 0x7f && c != '=');
    return named && valued ? Optional.empty() : Optional.of("a field that is none");
  }

  private static Optional<String> uris(String list, List<Endpoint> rua) {
    for (String piece : list.split(",", -1)) {
      Optional<Endpoint> endpoint = endpoint(strip(piece));
      if (endpoint.isEmpty()) {
        return Optional.of("rua holds what is no URI");
      }
      if (rua.size() < MOST_URIS) {
        rua.add(endpoint.get());
      }
    }
    return Optional.empty();
  }

  private static Optional<Endpoint> endpoint(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException no) {
      return Optional.empty();
    }
    boolean plain = text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '!');
    if (!plain || uri.getScheme() == null) {
      return Optional.empty();
    }
    return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
      case "mailto" ->
          Address.parse(uri.getSchemeSpecificPart().split("\\?", 2)[0]).map(Mailbox::new);
      case "https" -> uri.getHost() == null ? Optional.empty() : Optional.of(new Https(uri));
      default -> Optional.of(new Unsupported(text));
    };
  }

  /** RFC 5234 appendix B.1: WSP is space and tab. */
  private static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && " \t".indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && " \t".indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to);
  }
}

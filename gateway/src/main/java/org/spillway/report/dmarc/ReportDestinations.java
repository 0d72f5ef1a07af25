package org.spillway.report.dmarc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.spillway.auth.dmarc.Dmarc;
import org.spillway.auth.dmarc.DmarcRecord;
import org.spillway.auth.dmarc.ReportUri;
import org.spillway.auth.dmarc.Rules;
import org.spillway.dns.Answer;
import org.spillway.dns.Dns;
import org.spillway.mail.Address;
import org.spillway.mail.Domain;

/** Where a report may really be sent: nobody gets reports that he did not ask for (RFC 9990 §4). */
public final class ReportDestinations {
  private static final int MOST_URIS = 5;
  private static final int LONGEST_NAME = 253;

  private final Dns dns;
  private final Dmarc dmarc;

  /** Asks the DNS. */
  public ReportDestinations(Dns dns, Dmarc dmarc) {
    this.dns = dns;
    this.dmarc = dmarc;
  }

  /** What is to be done with one URI. */
  public sealed interface Destination {}

  /** Send it there, unless it is larger than the owner of the address wants. */
  public record Send(Address to, OptionalLong mostBytes) implements Destination {}

  /** Never send it. */
  public record Skip(String uri, String why) implements Destination {}

  /** The DNS did not say; ask again later. */
  public record Later(String uri, String why) implements Destination {}

  /** Looks at the URIs of a policy in their order; those beyond the fifth are skipped. */
  public List<Destination> of(Domain policyDomain, List<ReportUri> rua) {
    List<Destination> destinations = new ArrayList<>();
    for (ReportUri uri : rua) {
      if (destinations.size() >= MOST_URIS) {
        destinations.add(new Skip(uri.text(), "more than " + MOST_URIS + " URIs"));
      } else if (uri.mailto().isEmpty()) {
        destinations.add(new Skip(uri.text(), "only mailto is supported")); // RFC 9989 §4.7
      } else {
        destinations.addAll(mailto(policyDomain, uri, uri.mailto().get()));
      }
    }
    return destinations.stream().distinct().toList();
  }

  private List<Destination> mailto(Domain policyDomain, ReportUri uri, Address to) {
    Domain host = to.domain();
    if (host.isLiteral()) {
      return List.of(new Skip(uri.text(), "an address literal"));
    }
    if (host.equals(policyDomain)) {
      return List.of(new Send(to, uri.mostBytes()));
    }
    return switch (sameOrganization(policyDomain, host)) {
      case Answer.Failed<Boolean>(String why) -> List.of(new Later(uri.text(), why));
      case Answer.Found<Boolean>(List<Boolean> same, boolean _) when same.getFirst() ->
          List.of(new Send(to, uri.mostBytes()));
      case Answer.Found<Boolean> _, Answer.Absent<Boolean> _ -> external(policyDomain, uri, to);
    };
  }

  private Answer<Boolean> sameOrganization(Domain one, Domain other) {
    return switch (dmarc.organizational(one)) {
      case Answer.Failed<Domain>(String why) -> new Answer.Failed<>(why);
      case Answer.Absent<Domain> _ -> new Answer.Absent<>(false);
      case Answer.Found<Domain>(List<Domain> mine, boolean _) ->
          switch (dmarc.organizational(other)) {
            case Answer.Failed<Domain>(String why) -> new Answer.Failed<>(why);
            case Answer.Absent<Domain> _ -> new Answer.Absent<>(false);
            case Answer.Found<Domain>(List<Domain> theirs, boolean _) ->
                new Answer.Found<>(List.of(mine.equals(theirs)), false);
          };
    };
  }

  /** RFC 9990 §4 steps 1 to 9. */
  private List<Destination> external(Domain policyDomain, ReportUri uri, Address to) {
    String name = policyDomain + "._report._dmarc." + to.domain(); // steps 2 and 3
    if (name.length() > LONGEST_NAME) { // step 4
      return List.of(new Skip(uri.text(), "the name to ask for leave is too long"));
    }
    return switch (dns.txt(name)) {
      case Answer.Failed<String>(String why) -> List.of(new Later(uri.text(), name + ": " + why));
      case Answer.Absent<String> _ -> List.of(new Skip(uri.text(), "no leave at " + name));
      case Answer.Found<String>(List<String> texts, boolean _) -> allowed(texts, name, uri, to);
    };
  }

  /** Steps 6 to 9: any DMARC record is leave; its rua, if any, replaces the address. */
  private static List<Destination> allowed(
      List<String> texts, String name, ReportUri uri, Address to) {
    List<ReportUri> instead = new ArrayList<>();
    boolean leave = false;
    for (String text : texts) {
      DmarcRecord.Reading reading = DmarcRecord.parse(text, Rules.RFC9989);
      leave |= !(reading instanceof DmarcRecord.Foreign);
      if (reading instanceof DmarcRecord.Valid(DmarcRecord record)) {
        instead.addAll(record.rua());
      }
    }
    if (!leave) {
      return List.of(new Skip(uri.text(), "no DMARC record at " + name));
    }
    if (instead.isEmpty()) {
      return List.of(new Send(to, uri.mostBytes()));
    }
    boolean sameHost =
        instead.stream()
            .map(ReportUri::mailto)
            .allMatch(a -> a.filter(x -> x.domain().equals(to.domain())).isPresent());
    if (!sameHost) { // a loop or an abuse: neither the one nor the other
      return List.of(new Skip(uri.text(), "the override at " + name + " leads elsewhere"));
    }
    return instead.stream()
        .limit(MOST_URIS)
        .map(ReportDestinations::send)
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Destination> send(ReportUri uri) {
    return uri.mailto().map(to -> new Send(to, uri.mostBytes()));
  }
}

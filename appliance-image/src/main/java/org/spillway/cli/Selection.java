package org.spillway.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.spillway.control.Standing;
import org.spillway.mail.Domain;
import org.spillway.mail.EntryId;
import org.spillway.route.SiteName;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which recipients in the queue are meant. */
final class Selection {
  @Parameters(paramLabel = "ID", arity = "0..*", description = "Messages by ID; all when none.")
  private List<EntryId> ids = List.of();

  @Option(
      names = "--site",
      paramLabel = "SITE",
      description =
          "Mail that belongs to this site: the first of its route, or the one where its "
              + "outcome is unknown.")
  private Optional<SiteName> site = Optional.empty();

  @Option(names = "--domain", paramLabel = "DOMAIN", description = "Recipients in this domain.")
  private Optional<Domain> domain = Optional.empty();

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      split = ",",
      description =
          "waiting, held or quarantined; also delivered, bounced, expired or discarded, of messages"
              + " that have other recipients left. Several with commas.")
  private List<Standing> status = List.of();

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      description = "The sender: an address, @domain, or <>.")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      description = "The recipient: an address or @domain.")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--older",
      paramLabel = "AGE",
      description = "Accepted longer ago than this, for example 2h or 1d12h.")
  private Optional<Duration> older = Optional.empty();

  @Option(
      names = "--younger",
      paramLabel = "AGE",
      description = "Accepted less long ago than this.")
  private Optional<Duration> younger = Optional.empty();

  void fill(ClientCommand command) {
    ids.forEach(id -> command.put("id", id));
    status.forEach(s -> command.put("status", s.word()));
    command.put("site", site);
    command.put("domain", domain);
    command.put("from", from);
    command.put("to", to);
    command.put("older", older);
    command.put("younger", younger);
  }
}

package org.spillway.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.spillway.mail.Direction;
import org.spillway.mail.Domain;
import org.spillway.mail.EntryId;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;

/** What a filter means, over four recipients of three messages. */
final class QueueFilterTest {
  private static final Instant OLD = FakeNode.NOW.minus(Duration.ofHours(3));
  private static final Instant NEW = FakeNode.NOW.minus(Duration.ofMinutes(5));

  private final FakeNode node = new FakeNode();
  private EntryId first;

  @BeforeEach
  void fill() {
    first =
        node.spool.put(
            new FakeSpool.Accepted(
                OLD,
                Direction.INBOUND,
                "alice@example.net",
                List.of(
                    Map.entry("bob@example.com", Disposition.Waiting.fresh(OLD)),
                    Map.entry(
                        "carol@example.org",
                        new Disposition.Held(OLD, Disposition.Reason.POLICY, "r1")),
                    Map.entry("dave@example.com", new Disposition.Bounced(OLD, "5.1.1", "no")))));
    node.spool.put(
        new FakeSpool.Accepted(
            NEW,
            Direction.OUTBOUND,
            "",
            List.of(Map.entry("erin@example.org", Disposition.Waiting.fresh(NEW)))));
  }

  private List<String> meant(QueueFilter filter) throws Exception {
    List<String> to = new ArrayList<>();
    node.control.queue().list(filter, row -> to.add(row.to()));
    return to;
  }

  private static QueueFilter with(
      Set<Standing> statuses, Optional<String> site, Optional<String> domain) {
    return new QueueFilter(
        Set.of(),
        statuses,
        site.map(SiteName::new),
        domain.flatMap(Domain::parse),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static QueueFilter from(String from) {
    return new QueueFilter(
        Set.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(from),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static QueueFilter to(String to) {
    return new QueueFilter(
        Set.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(to),
        Optional.empty(),
        Optional.empty());
  }

  private static QueueFilter aged(Optional<Duration> older, Optional<Duration> younger) {
    return new QueueFilter(
        Set.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        older,
        younger);
  }

  @Test
  void nothingGivenMeansAllThatIsNotFinal() throws Exception {
    assertThat(meant(QueueFilter.ALL))
        .containsExactly("bob@example.com", "carol@example.org", "erin@example.org");
    assertThat(QueueFilter.ALL.isAll()).isTrue();
  }

  @Test
  void byStatus() throws Exception {
    assertThat(meant(with(Set.of(Standing.HELD), Optional.empty(), Optional.empty())))
        .containsExactly("carol@example.org");
    assertThat(meant(with(Set.of(Standing.BOUNCED), Optional.empty(), Optional.empty())))
        .containsExactly("dave@example.com");
  }

  @Test
  void bySiteAndDomain() throws Exception {
    assertThat(meant(with(Set.of(), Optional.of("cloud"), Optional.empty())))
        .containsExactly("erin@example.org");
    assertThat(meant(with(Set.of(), Optional.empty(), Optional.of("example.org"))))
        .containsExactly("carol@example.org", "erin@example.org");
    assertThat(meant(with(Set.of(), Optional.of("onprem"), Optional.of("example.org"))))
        .containsExactly("carol@example.org");
  }

  @Test
  void bySender() throws Exception {
    assertThat(meant(from("ALICE@example.net"))).hasSize(2);
    assertThat(meant(from("@example.net"))).hasSize(2);
    assertThat(meant(from("<>"))).containsExactly("erin@example.org");
    assertThat(meant(from("nobody"))).isEmpty();
  }

  @Test
  void byRecipient() throws Exception {
    assertThat(meant(to("Bob@Example.COM"))).containsExactly("bob@example.com");
    assertThat(meant(to("@example.org"))).hasSize(2);
  }

  @Test
  void byAge() throws Exception {
    Duration hour = Duration.ofHours(1);
    assertThat(meant(aged(Optional.of(hour), Optional.empty()))).hasSize(2);
    assertThat(meant(aged(Optional.empty(), Optional.of(hour))))
        .containsExactly("erin@example.org");
    assertThat(meant(aged(Optional.of(Duration.ofHours(3)), Optional.empty())))
        .as("the edge belongs to older")
        .hasSize(2);
  }

  @Test
  void byId() throws Exception {
    assertThat(meant(QueueFilter.of(first)))
        .containsExactly("bob@example.com", "carol@example.org");
  }

  @Test
  void inTheWordsOfTheCommandLine() {
    assertThat(QueueFilter.ALL).hasToString("all");
    assertThat(with(Set.of(Standing.HELD), Optional.of("onprem"), Optional.empty()))
        .hasToString("--status held --site onprem");
    assertThat(aged(Optional.of(Duration.ofHours(2)), Optional.empty()))
        .hasToString("--older 7200s");
  }
}

package org.spillway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.spillway.mail.Direction;
import org.spillway.mail.EntryId;
import org.spillway.spool.Disposition;

/** What an admin does to the queue, and how it stands when something goes wrong half way. */
final class QueueControlTest {
  private static final Instant AT = FakeNode.NOW.minus(Duration.ofHours(2));
  private static final Hand HAND = new Hand("root", "drill");

  private final FakeNode node = new FakeNode();
  private final QueueControl control = node.control.queue();

  private EntryId two() {
    EntryId id =
        node.spool.put(
            new FakeSpool.Accepted(
                AT,
                Direction.INBOUND,
                "alice@example.net",
                List.of(
                    Map.entry("bob@example.com", Disposition.Waiting.fresh(AT)),
                    Map.entry("carol@example.com", Disposition.Waiting.fresh(AT)))));
    node.queue.queued.put(id, new TreeSet<>(Set.of(0, 1)));
    return id;
  }

  private Standing standing(EntryId id, int recipient) {
    return Standing.of(node.spool.standing(id, recipient));
  }

  @Test
  void holdWithdrawsThenSettles() throws IOException {
    EntryId id = two();
    assertThat(control.hold(QueueFilter.of(id), HAND, _ -> {}))
        .isEqualTo(new BulkResult(2, 2, 0, 0));
    assertThat(node.story)
        .containsExactly("audit 1", "withdraw [0, 1]", "settle [0, 1]", "audit 1", "audit 1");
    assertThat(node.spool.standing(id, 0))
        .isEqualTo(new Disposition.Held(FakeNode.NOW, Disposition.Reason.ADMIN, "root: drill"));
    assertThat(node.queue.queued.get(id)).isEmpty();
  }

  @Test
  void whatIsInFlightIsLeftAloneAndCounted() throws IOException {
    EntryId id = two();
    node.queue.inFlight.put(id, Set.of(1));
    assertThat(control.hold(QueueFilter.of(id), HAND, _ -> {}))
        .isEqualTo(new BulkResult(2, 1, 1, 0));
    assertThat(standing(id, 0)).isEqualTo(Standing.HELD);
    assertThat(standing(id, 1)).isEqualTo(Standing.WAITING);
    assertThat(node.queue.queued.get(id)).containsExactly(1);
  }

  @Test
  void releaseSettlesThenQueues() throws IOException {
    EntryId id = two();
    control.hold(QueueFilter.of(id), HAND, _ -> {});
    node.story.clear();
    assertThat(control.release(QueueFilter.of(id), new Order.Release(false), HAND, _ -> {}))
        .isEqualTo(new BulkResult(2, 2, 0, 0));
    assertThat(node.story).containsExactly("audit 1", "settle [0, 1]", "add", "audit 1", "audit 1");
    assertThat(node.queue.queued.get(id)).containsExactly(0, 1);
  }

  @Test
  void aBounceIsReportedBeforeItIsSettled() throws IOException {
    EntryId id = two();
    control.bounce(QueueFilter.of(id), HAND, _ -> {});
    assertThat(node.story).containsSubsequence("withdraw [0, 1]", "report [0, 1]", "settle [0, 1]");
    assertThat(standing(id, 1)).isEqualTo(Standing.BOUNCED);
  }

  @Test
  void deleteTellsNobody() throws IOException {
    EntryId id = two();
    control.delete(QueueFilter.of(id), HAND, _ -> {});
    assertThat(node.spool.standing(id, 0))
        .isEqualTo(new Disposition.Discarded(FakeNode.NOW, "root", "drill"));
    assertThat(node.story).noneMatch(told -> told.startsWith("report"));
  }

  @Test
  void retryMovesNothing() throws IOException {
    EntryId id = two();
    assertThat(control.retry(QueueFilter.of(id), HAND, _ -> {}))
        .isEqualTo(new BulkResult(2, 2, 0, 0));
    assertThat(node.story).contains("retry").noneMatch(told -> told.startsWith("settle"));
    node.queue.queued.get(id).clear();
    assertThat(control.retry(QueueFilter.of(id), HAND, _ -> {}))
        .as("nothing of it is in line: all are in flight")
        .isEqualTo(new BulkResult(2, 0, 2, 0));
  }

  @Test
  void whenTheSpoolFailsItStandsAsBeforeAndIsQueuedAgain() throws IOException {
    EntryId id = two();
    node.spool.readOnly = true;
    assertThat(control.hold(QueueFilter.of(id), HAND, _ -> {}))
        .isEqualTo(new BulkResult(2, 0, 0, 2));
    assertThat(standing(id, 0)).isEqualTo(Standing.WAITING);
    assertThat(node.queue.queued.get(id)).containsExactly(0, 1);
  }

  @Test
  void aStandingThatChangedBeforeTheWithdrawalIsNotOverwritten() throws IOException {
    EntryId id = two();
    Disposition delivered =
        new Disposition.Delivered(
            AT,
            new org.spillway.route.SiteName("onprem"),
            "192.0.2.25:25",
            false,
            Optional.empty(),
            false,
            "250 2.0.0 Ok");
    node.queue.onWithdraw = () -> settle(id, Map.of(0, delivered));
    assertThat(control.bounce(QueueFilter.of(id), HAND, _ -> {}))
        .isEqualTo(new BulkResult(2, 1, 1, 0));
    assertThat(standing(id, 0)).isEqualTo(Standing.DELIVERED);
    assertThat(node.story).contains("report [1]");
  }

  private void settle(EntryId id, Map<Integer, Disposition> standings) {
    try {
      node.spool.settle(id, standings);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Test
  void nothingIsDoneThatCannotBeAudited() {
    EntryId id = two();
    node.auditFull = true;
    assertThatThrownBy(() -> control.delete(QueueFilter.of(id), HAND, _ -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left");
    assertThat(standing(id, 0)).isEqualTo(Standing.WAITING);
    assertThatThrownBy(() -> control.show(id, false, HAND)).isInstanceOf(IOException.class);
  }

  @Test
  void auditAndTraceSayWhoWhatBeforeAfterAndWhy() throws IOException {
    EntryId id = two();
    control.hold(QueueFilter.of(id), HAND, _ -> {});
    String what = "queue hold " + id;
    assertThat(node.audit)
        .containsExactly(
            new Audit.Line(FakeNode.NOW, "root", what, "", "asked", "drill"),
            new Audit.Line(
                FakeNode.NOW,
                "root",
                what + " bob@example.com carol@example.com",
                "waiting",
                "held",
                "drill"),
            new Audit.Line(FakeNode.NOW, "root", what, "", "2 of 2 done", "drill"));
    assertThat(node.events).hasSize(1);
    assertThat(node.events.getFirst().kind()).isEqualTo("admin");
    assertThat(node.events.getFirst().facts())
        .containsEntry("order", "hold")
        .containsEntry("by", "root")
        .containsEntry("status", "held");
  }

  @Test
  void aMessageThatIsGoneMatchesNothing() throws IOException {
    assertThat(control.hold(QueueFilter.of(new EntryId(1, 1)), HAND, _ -> {}))
        .isEqualTo(new BulkResult(0, 0, 0, 0));
    assertThat(control.show(new EntryId(1, 1), false, HAND)).isEmpty();
  }

  @Test
  void showHasTheHeaderOnlyWhenAskedFor() throws IOException {
    EntryId id = two();
    assertThat(control.show(id, false, HAND).orElseThrow().header()).isEmpty();
    assertThat(control.show(id, true, HAND).orElseThrow().header().orElseThrow())
        .startsWith("Subject: Lunch\r\n")
        .endsWith("\r\n\r\n");
    assertThat(node.audit.getLast().what()).isEqualTo("queue show " + id + " --header");
  }

  @Test
  void aLongOrderTellsHowFarItIs() throws IOException {
    for (int i = 0; i < 600; i++) {
      node.spool.put(FakeSpool.Accepted.waiting(AT, "a@example.net", "b@example.com"));
    }
    List<Long> steps = new ArrayList<>();
    BulkResult result = control.hold(QueueFilter.ALL, HAND, sofar -> steps.add(sofar.done()));
    assertThat(result).isEqualTo(new BulkResult(600, 600, 0, 0));
    assertThat(steps).containsExactly(256L, 512L);
    assertThat(node.audit).hasSize(602);
    assertThat(node.story.stream().filter(told -> told.startsWith("audit")))
        .as("one force a batch")
        .hasSize(5);
  }

  @Test
  void aWatcherWhoLeavesStopsTheOrderAndTheAuditSaysHowFarItCame() {
    for (int i = 0; i < 600; i++) {
      node.spool.put(FakeSpool.Accepted.waiting(AT, "a@example.net", "b@example.com"));
    }
    assertThatThrownBy(
            () ->
                control.hold(
                    QueueFilter.ALL,
                    HAND,
                    _ -> {
                      throw new IllegalStateException("gone");
                    }))
        .hasMessage("gone");
    assertThat(node.audit.getLast().after()).isEqualTo("256 of 256 done");
  }

  @Test
  void listsManyInOrderOfAge() throws IOException {
    for (int i = 0; i < 1000; i++) {
      node.spool.put(
          FakeSpool.Accepted.waiting(AT.plusSeconds(i % 10), "a@example.net", "b@example.com"));
    }
    AtomicLong last = new AtomicLong();
    control.list(
        QueueFilter.ALL,
        row -> {
          long at = row.id().instant().toEpochMilli();
          assertThat(at).isGreaterThanOrEqualTo(last.getAndSet(at));
        });
    assertThat(last.get()).isEqualTo(AT.plusSeconds(9).toEpochMilli());
  }
}

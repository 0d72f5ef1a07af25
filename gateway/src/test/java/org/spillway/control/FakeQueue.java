package org.spillway.control;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.spillway.deliver.Queue;
import org.spillway.mail.EntryId;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;

/** A queue in memory; a test says what is in flight. */
public final class FakeQueue implements Queue {
  /** What waits in it. */
  public final Map<EntryId, Set<Integer>> queued = new ConcurrentHashMap<>();

  /** What a courier has just now. */
  public final Map<EntryId, Set<Integer>> inFlight = new ConcurrentHashMap<>();

  /** Runs while a withdrawal is under way: what happened in between. */
  public Runnable onWithdraw = () -> {};

  private final List<String> story;

  FakeQueue(List<String> story) {
    this.story = story;
  }

  @Override
  public void add(Entry entry) {
    story.add("add");
    Set<Integer> waiting = new TreeSet<>();
    for (int i = 0; i < entry.standings().size(); i++) {
      if (entry.standings().get(i) instanceof Disposition.Waiting) {
        waiting.add(i);
      }
    }
    queued.put(entry.id(), waiting);
  }

  @Override
  public boolean withdraw(EntryId id, Set<Integer> recipients) {
    if (inFlight.getOrDefault(id, Set.of()).stream().anyMatch(recipients::contains)) {
      return false;
    }
    onWithdraw.run();
    story.add("withdraw " + recipients);
    queued.computeIfAbsent(id, _ -> new TreeSet<>()).removeAll(recipients);
    return true;
  }

  @Override
  public boolean retryNow(EntryId id) {
    story.add("retry");
    return !queued.getOrDefault(id, Set.of()).isEmpty();
  }

  @Override
  public List<SiteQueue> sites() {
    return List.of(
        new SiteQueue(Optional.of(new SiteName("onprem")), 3, 1, 4, Duration.ofMinutes(192)),
        new SiteQueue(Optional.empty(), 2, 0, 0, Duration.ofSeconds(45)));
  }
}

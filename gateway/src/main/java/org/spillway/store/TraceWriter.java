package org.spillway.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.spillway.mail.EntryId;
import org.spillway.spool.Entry;

/** Writes batches of events, each in one transaction. Used by the tracking thread alone. */
final class TraceWriter {
  private static final int IDS_A_QUESTION = 100;

  private final InstantSource clock;
  private long sequence;

  TraceWriter(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Writes a batch and commits.
   *
   * @param careful true to look first which messages have a row already, after a clash of keys
   */
  void write(Connection connection, TraceBatch batch, boolean careful) throws SQLException {
    Set<String> present = careful ? present(connection, ids(batch)) : Set.of();
    Spanned spanned = new Spanned();
    try (TraceRows rows = new TraceRows(connection)) {
      for (TraceBatch.Group group : batch.groups()) {
        long number = nextSequence();
        if (group.accepted().isPresent() && !present.contains(group.id().toString())) {
          TraceEvent came = group.accepted().get();
          insert(rows, group, came, number);
          spanned.add(came);
        } else {
          rows.events(group.id(), Trail.write(group.events()), number);
          for (Map.Entry<String, Standing> latest : group.latest().entrySet()) {
            rows.change(group.id(), latest.getKey(), latest.getValue());
          }
        }
      }
      spanned.write(rows);
      rows.execute();
    }
    connection.commit();
  }

  private static void insert(TraceRows rows, TraceBatch.Group group, TraceEvent came, long number)
      throws SQLException {
    rows.message(came, group.events(), number);
    int index = 0;
    for (String address : came.recipients()) {
      rows.recipient(group.id(), index++, address, group.standing(address, came));
    }
  }

  /** Makes the rows of live entries again from the spool, and commits. */
  void repair(Connection connection, List<Entry> entries) throws SQLException {
    Set<String> present =
        present(connection, entries.stream().map(e -> e.id().toString()).toList());
    Spanned spanned = new Spanned();
    try (TraceRows rows = new TraceRows(connection)) {
      for (Entry entry : entries) {
        if (!present.contains(entry.id().toString())) {
          TraceEvent came = TraceEvents.rebuilt(entry);
          rows.message(came, List.of(came), nextSequence());
          spanned.add(came);
        }
        rows.forgetRecipients(entry.id());
        for (int i = 0; i < entry.standings().size(); i++) {
          String address = entry.envelope().recipients().get(i).address().toString();
          rows.recipient(entry.id(), i, address, Standing.of(entry.standings().get(i)));
        }
      }
      spanned.write(rows);
      rows.execute();
    }
    connection.commit();
  }

  /** Grows also over a restart, and over a clock that was set back within a run. */
  private long nextSequence() {
    sequence = Math.max(sequence + 1_000, clock.millis() * 1_000);
    return sequence;
  }

  private static List<String> ids(TraceBatch batch) {
    return batch.groups().stream()
        .filter(group -> group.accepted().isPresent())
        .map(group -> group.id().toString())
        .toList();
  }

  private static Set<String> present(Connection connection, List<String> ids) throws SQLException {
    Set<String> present = new HashSet<>();
    for (int i = 0; i < ids.size(); i += IDS_A_QUESTION) {
      List<String> some = ids.subList(i, Math.min(ids.size(), i + IDS_A_QUESTION));
      String marks = "?, ".repeat(some.size() - 1) + "?";
      try (PreparedStatement ask =
          connection.prepareStatement("SELECT id FROM messages WHERE id IN (" + marks + ")")) {
        for (int k = 0; k < some.size(); k++) {
          ask.setString(k + 1, some.get(k));
        }
        try (ResultSet found = ask.executeQuery()) {
          while (found.next()) {
            present.add(found.getString(1));
          }
        }
      }
    }
    return present;
  }

  /** Collects the keys of the messages that a batch adds. */
  private static final class Spanned {
    private static final int MOST_KEYS = 5_000;

    private final Collection<String> keys = new HashSet<>();
    private final TreeSet<EntryId> ids = new TreeSet<>();
    private final List<String[]> spans = new ArrayList<>();

    void add(TraceEvent came) {
      ids.add(came.id());
      add(came.facts().getOrDefault(Facts.FROM, ""));
      came.recipients().forEach(this::add);
      if (keys.size() > MOST_KEYS) {
        cut();
      }
    }

    private void add(String address) {
      String key = AddressDigest.key(address);
      keys.add(key);
      keys.add(key.substring(Math.max(0, key.lastIndexOf('@'))));
    }

    private void cut() {
      if (!ids.isEmpty()) {
        spans.add(
            new String[] {ids.first().toString(), ids.last().toString(), AddressDigest.of(keys)});
      }
      ids.clear();
      keys.clear();
    }

    void write(TraceRows rows) throws SQLException {
      cut();
      for (String[] span : spans) {
        rows.span(span[0], span[1], span[2]);
      }
    }
  }
}

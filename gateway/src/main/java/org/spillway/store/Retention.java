package org.spillway.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.spillway.mail.EntryId;

/**
 * Takes away what is older than traces are kept, a thousand messages at a time. Recipients that
 * still wait keep their message's trace.
 */
final class Retention {
  private static final int CHUNK = 1_000;
  private static final Duration EVERY = Duration.ofHours(1);
  private static final String LIVE =
      " AND id NOT IN (SELECT id FROM recipients WHERE id > ? AND id <= ?"
          + " AND status IN ('waiting', 'held', 'quarantined'))";

  private final Duration keep;
  private final InstantSource clock;
  private Instant due = Instant.MIN;
  private String done = "";

  Retention(Duration keep, InstantSource clock) {
    this.keep = keep;
    this.clock = clock;
  }

  /** True when the next chunk should be taken away. */
  boolean isDue() {
    return !clock.instant().isBefore(due);
  }

  /** Takes away one chunk and commits; when nothing old is left it is due again in an hour. */
  void chunk(Connection connection) throws SQLException {
    String end = oldestKept().toString();
    String last = last(connection, end);
    if (last.isEmpty()) {
      due = clock.instant().plus(EVERY);
      done = "";
      return;
    }
    delete(connection, "events", last);
    delete(connection, "messages", last);
    delete(connection, "recipients", last);
    spans(connection, last);
    connection.commit();
    done = last;
  }

  /** Ranges in which no message is left. */
  private static void spans(Connection connection, String last) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM spans WHERE last_id <= ? AND NOT EXISTS (SELECT 1 FROM messages m"
                + " WHERE m.id >= spans.first_id AND m.id <= spans.last_id)")) {
      delete.setString(1, last);
      delete.executeUpdate();
    }
  }

  /** The least id of the first instant that is kept. */
  private EntryId oldestKept() {
    return TraceQuery.first(clock.instant().minus(keep));
  }

  private String last(Connection connection, String end) throws SQLException {
    String last = "";
    try (PreparedStatement ask =
        connection.prepareStatement(
            "SELECT id FROM messages WHERE id > ? AND id < ? ORDER BY id FETCH FIRST "
                + CHUNK
                + " ROWS ONLY")) {
      ask.setString(1, done);
      ask.setString(2, end);
      try (ResultSet found = ask.executeQuery()) {
        while (found.next()) {
          last = found.getString(1);
        }
      }
    }
    connection.commit();
    return last;
  }

  private void delete(Connection connection, String table, String last) throws SQLException {
    String sql = "DELETE FROM " + table + " WHERE id > ? AND id <= ?";
    try (PreparedStatement delete = connection.prepareStatement(sql + LIVE)) {
      delete.setString(1, done);
      delete.setString(2, last);
      delete.setString(3, done);
      delete.setString(4, last);
      delete.executeUpdate();
    }
  }
}

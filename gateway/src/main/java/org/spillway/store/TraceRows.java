package org.spillway.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spillway.mail.EntryId;

/** The rows of one transaction, prepared and written together. */
final class TraceRows implements AutoCloseable {
  private static final Set<String> COLUMNS =
      Set.of(
          Facts.DIRECTION,
          Facts.CLIENT,
          Facts.LISTENER,
          Facts.FROM,
          Facts.SUBJECT,
          Facts.MESSAGE_ID,
          Facts.SIZE);

  private final PreparedStatement message;
  private final PreparedStatement recipient;
  private final PreparedStatement change;
  private final PreparedStatement changeAll;
  private final PreparedStatement event;
  private final PreparedStatement forget;
  private final PreparedStatement span;
  private final PreparedStatement[] inOrder;

  TraceRows(Connection connection) throws SQLException {
    message =
        connection.prepareStatement(
            "INSERT INTO messages (id, accepted_ms, direction, client, listener, sender, subject,"
                + " message_id, size_bytes, trail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    forget = connection.prepareStatement("DELETE FROM recipients WHERE id = ?");
    recipient =
        connection.prepareStatement(
            "INSERT INTO recipients (status, site, spilled_from, why, changed_ms, id, idx, address,"
                + " domain_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    String update =
        "UPDATE recipients SET status = ?, site = ?, spilled_from = ?, why = ?, changed_ms = ?";
    change = connection.prepareStatement(update + " WHERE id = ? AND address = ?");
    changeAll = connection.prepareStatement(update + " WHERE id = ?");
    event = connection.prepareStatement("INSERT INTO events (id, seq, trail) VALUES (?, ?, ?)");
    span =
        connection.prepareStatement(
            "INSERT INTO spans (first_id, last_id, digest) VALUES (?, ?, ?)");
    inOrder = new PreparedStatement[] {message, forget, recipient, changeAll, change, event, span};
  }

  /** A message's row; its trail holds what has no column of its own. */
  void message(TraceEvent came, List<TraceEvent> events, long sequence) throws SQLException {
    Map<String, String> facts = came.facts();
    String id = came.id().toString();
    message.setString(1, id);
    message.setLong(2, came.at().toEpochMilli());
    message.setString(3, column(facts, Facts.DIRECTION, 10));
    message.setString(4, column(facts, Facts.CLIENT, 64));
    message.setString(5, column(facts, Facts.LISTENER, 64));
    message.setString(6, AddressDigest.key(column(facts, Facts.FROM, 320)));
    message.setString(7, column(facts, Facts.SUBJECT, 200));
    message.setString(8, column(facts, Facts.MESSAGE_ID, 250));
    message.setLong(9, size(facts));
    List<String> texts = Trail.write(events.stream().map(e -> e == came ? rest(e) : e).toList());
    message.setString(10, texts.getFirst());
    message.addBatch();
    events(came.id(), texts.subList(1, texts.size()), sequence);
  }

  private static TraceEvent rest(TraceEvent came) {
    Map<String, String> rest = new LinkedHashMap<>(came.facts());
    rest.keySet().removeAll(COLUMNS);
    return new TraceEvent(came.at(), came.id(), came.kind(), List.of(), rest);
  }

  private static String column(Map<String, String> facts, String key, int most) {
    return Clean.column(facts.getOrDefault(key, ""), most);
  }

  private static long size(Map<String, String> facts) {
    String digits = facts.getOrDefault(Facts.SIZE, "");
    return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
  }

  /** Texts of events that came after the message's row. */
  void events(EntryId id, List<String> texts, long sequence) throws SQLException {
    for (int i = 0; i < texts.size(); i++) {
      event.setString(1, id.toString());
      event.setLong(2, sequence + i);
      event.setString(3, texts.get(i));
      event.addBatch();
    }
  }

  /** A recipient's row. */
  void recipient(EntryId id, int index, String address, Standing standing) throws SQLException {
    String key = Clean.column(AddressDigest.key(address), 330);
    standing(recipient, standing);
    recipient.setString(6, id.toString());
    recipient.setInt(7, index);
    recipient.setString(8, key);
    recipient.setString(9, Clean.cut(key.substring(key.lastIndexOf('@') + 1), 255));
    recipient.addBatch();
  }

  /** Another standing of one recipient, or of all when the address is empty. */
  void change(EntryId id, String address, Standing standing) throws SQLException {
    PreparedStatement one = address.isEmpty() ? changeAll : change;
    standing(one, standing);
    one.setString(6, id.toString());
    if (!address.isEmpty()) {
      one.setString(7, Clean.column(address, 330));
    }
    one.addBatch();
  }

  private static void standing(PreparedStatement row, Standing standing) throws SQLException {
    row.setString(1, standing.status());
    row.setString(2, standing.site());
    row.setString(3, standing.spilledFrom());
    row.setString(4, standing.why());
    row.setLong(5, standing.changedMillis());
  }

  /** Takes away the recipients of a message whose rows are made anew. */
  void forgetRecipients(EntryId id) throws SQLException {
    forget.setString(1, id.toString());
    forget.addBatch();
  }

  /** The digest of a range of messages. */
  void span(String first, String last, String digest) throws SQLException {
    span.setString(1, first);
    span.setString(2, last);
    span.setString(3, digest);
    span.addBatch();
  }

  /** Writes all rows: new ones first, then what changes them. */
  void execute() throws SQLException {
    for (PreparedStatement statement : inOrder) {
      statement.executeBatch();
    }
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : inOrder) {
      statement.close();
    }
  }
}

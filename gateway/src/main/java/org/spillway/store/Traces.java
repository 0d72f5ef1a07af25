package org.spillway.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.spillway.mail.EntryId;

/** Answers questions about traces. Reads without locks, so that it never holds up the writer. */
final class Traces {
  private static final int SPANS_A_RANGE = 50;

  private final Jdbi jdbi;

  Traces(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The traces that match, newest first. */
  List<Trace> find(TraceQuery query) {
    return jdbi.inTransaction(
        TransactionIsolationLevel.READ_UNCOMMITTED,
        handle -> ids(handle, query).stream().map(id -> trace(handle, id)).toList());
  }

  private static List<EntryId> ids(Handle handle, TraceQuery query) {
    if (query.id().isPresent()) {
      EntryId id = query.id().get();
      return isKnown(handle, id) ? List.of(id) : List.of();
    }
    TreeSet<EntryId> ids = new TreeSet<>(Collections.reverseOrder());
    for (Range range : ranges(handle, query)) {
      ids.addAll(ids(handle, query, range));
      if (ids.size() >= query.limit()) {
        break;
      }
    }
    return ids.stream().limit(query.limit()).toList();
  }

  private static boolean isKnown(Handle handle, EntryId id) {
    return Stream.of("messages", "events")
        .anyMatch(
            table ->
                handle
                        .createQuery("SELECT COUNT(*) FROM " + table + " WHERE id = :id")
                        .bind("id", id.toString())
                        .mapTo(Long.class)
                        .one()
                    > 0);
  }

  /** A range of ids that may hold what is looked for. */
  private record Range(String first, String last) {}

  /** Newest first, so that the newest messages are found without a look at the others. */
  private static List<Range> ranges(Handle handle, TraceQuery query) {
    String since = query.since().map(at -> TraceQuery.first(at).toString()).orElse("");
    List<String> keys = new ArrayList<>();
    query.from().map(AddressDigest::key).ifPresent(keys::add);
    query.to().map(AddressDigest::key).ifPresent(keys::add);
    List<Range> spans =
        handle
            .createQuery(
                "SELECT first_id, last_id, digest FROM spans WHERE last_id >= :since"
                    + " ORDER BY first_id DESC")
            .bind("since", since)
            .map(
                (row, _) ->
                    keys.stream().allMatch(key -> mayHold(row, key))
                        ? Optional.of(new Range(max(since, row.getString(1)), row.getString(2)))
                        : Optional.<Range>empty())
            .stream()
            .flatMap(Optional::stream)
            .toList();
    return keys.isEmpty() ? joined(spans) : spans;
  }

  /** Where nothing rules a span out, many small ones are asked as one. */
  private static List<Range> joined(List<Range> spans) {
    List<Range> joined = new ArrayList<>();
    for (int i = 0; i < spans.size(); i += SPANS_A_RANGE) {
      List<Range> some = spans.subList(i, Math.min(spans.size(), i + SPANS_A_RANGE));
      String last = some.stream().map(Range::last).reduce("", Traces::max);
      joined.add(new Range(some.getLast().first(), last));
    }
    return joined;
  }

  private static boolean mayHold(ResultSet row, String key) {
    try {
      return AddressDigest.mayHold(row.getString(3), key);
    } catch (SQLException unread) {
      return true;
    }
  }

  private static String max(String a, String b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static List<EntryId> ids(Handle handle, TraceQuery query, Range range) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("first", range.first());
    values.put("last", range.last());
    StringBuilder where = new StringBuilder("m.id >= :first AND m.id <= :last");
    query.from().ifPresent(from -> where.append(" AND ").append(sender(from, values)));
    query.to().ifPresent(to -> where.append(" AND ").append(recipient(to, values)));
    query.status().ifPresent(word -> where.append(" AND r.status = :status"));
    query.status().ifPresent(word -> values.put("status", word));
    boolean byRecipient = query.to().isPresent() || query.status().isPresent();
    String tables = byRecipient ? "messages m JOIN recipients r ON r.id = m.id" : "messages m";
    String within = byRecipient ? " AND r.id >= :first AND r.id <= :last" : "";
    String sql = "SELECT DISTINCT m.id FROM " + tables + " WHERE " + where + within;
    return handle
        .createQuery(sql + " ORDER BY m.id DESC FETCH FIRST " + limit(query) + " ROWS ONLY")
        .bindMap(values)
        .mapTo(String.class)
        .stream()
        .flatMap(text -> EntryId.parse(text).stream())
        .toList();
  }

  private static int limit(TraceQuery query) {
    return Math.max(1, query.limit());
  }

  private static String sender(String from, Map<String, Object> values) {
    String key = AddressDigest.key(from);
    boolean domain = key.startsWith("@");
    values.put("from", domain ? "%" + likeable(key) : key);
    return domain ? "m.sender LIKE :from ESCAPE '!'" : "m.sender = :from";
  }

  private static String likeable(String text) {
    return text.replace("!", "!!").replace("_", "!_").replace("%", "!%");
  }

  private static String recipient(String to, Map<String, Object> values) {
    String key = AddressDigest.key(to);
    boolean domain = key.startsWith("@");
    values.put("to", domain ? key.substring(1) : key);
    return domain ? "r.domain_name = :to" : "r.address = :to";
  }

  private static Trace trace(Handle handle, EntryId id) {
    List<TraceEvent> events = new ArrayList<>();
    Trace.Summary summary =
        handle
            .createQuery(
                "SELECT accepted_ms, direction, client, listener, sender, subject, message_id,"
                    + " size_bytes, trail FROM messages WHERE id = :id")
            .bind("id", id.toString())
            .map(
                (row, _) -> {
                  events.addAll(Trail.read(id, row.getString("trail")));
                  return summary(id, row);
                })
            .findFirst()
            .orElseGet(() -> new Trace.Summary(id, id.instant(), "", "", "", "", "", "", 0));
    handle
        .createQuery("SELECT trail FROM events WHERE id = :id ORDER BY seq")
        .bind("id", id.toString())
        .mapTo(String.class)
        .forEach(text -> events.addAll(Trail.read(id, text)));
    return new Trace(summary, recipients(handle, id), events);
  }

  private static Trace.Summary summary(EntryId id, ResultSet row) throws SQLException {
    return new Trace.Summary(
        id,
        Instant.ofEpochMilli(row.getLong("accepted_ms")),
        row.getString("direction"),
        row.getString("client"),
        row.getString("listener"),
        row.getString("sender"),
        row.getString("subject"),
        row.getString("message_id"),
        row.getLong("size_bytes"));
  }

  private static List<Trace.RecipientTrace> recipients(Handle handle, EntryId id) {
    return handle
        .createQuery(
            "SELECT idx, address, status, site, spilled_from, why, changed_ms FROM recipients"
                + " WHERE id = :id ORDER BY idx")
        .bind("id", id.toString())
        .map(
            (row, _) ->
                new Trace.RecipientTrace(
                    row.getInt("idx"),
                    row.getString("address"),
                    row.getString("status"),
                    row.getString("site"),
                    row.getString("spilled_from"),
                    row.getString("why"),
                    Instant.ofEpochMilli(row.getLong("changed_ms"))))
        .list();
  }
}

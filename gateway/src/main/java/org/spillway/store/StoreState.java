package org.spillway.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Facts that the store keeps about itself. */
final class StoreState {
  private StoreState() {}

  /** Stores a fact in place of the one before; gives that one, empty when there was none. */
  static String swap(Database database, String name, String fact) throws SQLException {
    try (Connection connection = database.connection()) {
      String before = read(connection, name);
      try (PreparedStatement delete =
              connection.prepareStatement("DELETE FROM store_state WHERE name = ?");
          PreparedStatement insert =
              connection.prepareStatement("INSERT INTO store_state (name, fact) VALUES (?, ?)")) {
        delete.setString(1, name);
        delete.executeUpdate();
        insert.setString(1, name);
        insert.setString(2, fact);
        insert.executeUpdate();
      }
      connection.commit();
      return before;
    }
  }

  private static String read(Connection connection, String name) throws SQLException {
    try (PreparedStatement ask =
        connection.prepareStatement("SELECT fact FROM store_state WHERE name = ?")) {
      ask.setString(1, name);
      try (ResultSet found = ask.executeQuery()) {
        return found.next() ? found.getString(1) : "";
      }
    }
  }
}

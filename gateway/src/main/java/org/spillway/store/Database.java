package org.spillway.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Derby in this process, its tables brought up to date. What is damaged is set aside by {@link
 * SetAside} and made anew; a database that another process has open is left alone.
 */
final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final String IN_USE = "XSDB6";

  /** Sizes that suit small rows in large batches; an operator's own setting wins. */
  private static final Map<String, String> DERBY =
      Map.of(
          "derby.stream.error.method", "org.spillway.store.DerbyWords.writer",
          "derby.storage.pageCacheSize", "500", // pages, of 32 KiB at most
          "derby.storage.logBufferSize", "1048576", // one write a commit
          "derby.storage.logSwitchInterval", "16777216",
          "derby.storage.checkpointInterval", "67108864",
          "derby.locks.waitTimeout", "10",
          "derby.locks.escalationThreshold", "100000");

  private final Path directory;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Database(Path directory, HikariDataSource pool) {
    this.directory = directory;
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
  }

  /**
   * Opens the database, making it when it is missing.
   *
   * @param directory Derby's own; its parents are made
   */
  static Database open(Path directory, SetAside aside) throws IOException {
    DERBY.forEach((key, value) -> System.getProperties().putIfAbsent(key, value));
    Files.createDirectories(directory.toAbsolutePath().getParent());
    try {
      return boot(directory);
    } catch (SQLException | RuntimeException first) {
      if (isInUse(first)) {
        throw new IOException("another process has the database " + directory + " open", first);
      }
      LOG.warn("The tracking database does not open and is made anew: {}", root(first));
      shutDown(directory);
      aside.move(directory);
    }
    try {
      return boot(directory);
    } catch (SQLException | RuntimeException second) {
      shutDown(directory);
      throw new IOException("the tracking database does not open: " + root(second), second);
    }
  }

  private static Database boot(Path directory) throws SQLException {
    // A plain connection first: it fails at once and with Derby's own words.
    DriverManager.getConnection(url(directory) + ";create=true").close();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url(directory));
    config.setPoolName("tracking");
    config.setMaximumPoolSize(4);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(5_000);
    HikariDataSource pool = new HikariDataSource(config);
    try {
      Flyway.configure(Database.class.getClassLoader())
          .dataSource(pool)
          .locations("classpath:org/spillway/store/migration")
          .load()
          .migrate();
      return new Database(directory, pool);
    } catch (FlywayException failed) {
      pool.close();
      throw failed;
    }
  }

  private static String url(Path directory) {
    return "jdbc:derby:" + directory.toAbsolutePath();
  }

  private static boolean isInUse(Throwable failed) {
    for (Throwable t = failed; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql && states(sql).contains(IN_USE)) {
        return true;
      }
    }
    return false;
  }

  /** The SQL states of an exception and of those it leads to. */
  static String states(SQLException failed) {
    StringBuilder states = new StringBuilder();
    SQLException one = failed;
    for (int i = 0; one != null && i < 20; i++, one = one.getNextException()) {
      states.append(one.getSQLState()).append(' ');
    }
    return states.toString();
  }

  private static String root(Throwable failed) {
    Throwable deepest = failed;
    for (int i = 0; deepest.getCause() != null && i < 20; i++) {
      deepest = deepest.getCause();
    }
    return deepest.toString();
  }

  /** For queries. */
  Jdbi jdbi() {
    return jdbi;
  }

  /** A connection without autocommit, for the tracking thread. */
  Connection connection() throws SQLException {
    Connection connection = pool.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public void close() {
    pool.close();
    shutDown(directory);
  }

  private static void shutDown(Path directory) {
    try {
      DriverManager.getConnection(url(directory) + ";shutdown=true").close();
    } catch (SQLException said) {
      LOG.debug("Derby says {}", said.getMessage()); // 08006 is its way to say that it is down
    }
  }
}

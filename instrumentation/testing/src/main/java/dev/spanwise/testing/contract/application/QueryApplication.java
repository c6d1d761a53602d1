package dev.spanwise.testing.contract.application;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Queries PostgreSQL through two connections of a pool in every way that JDBC has. Setting: {@code
 * jdbc.url}. Says for each connection: {@code first.pid=123}, {@code first.start=} in milliseconds
 * since the epoch, and which isolation level, read-only and auto-commit state its transactions had.
 */
public final class QueryApplication implements Application {

  @Override
  public void run(Seam seam, Map<String, String> settings, PrintStream out) throws SQLException {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setUrl(settings.get("jdbc.url"));
    HikariConfig configuration = new HikariConfig();
    configuration.setDataSource(seam.dataSource(driver));
    configuration.setMaximumPoolSize(2);
    try (HikariDataSource pool = new HikariDataSource(configuration);
        Connection first = pool.getConnection();
        Connection second = pool.getConnection()) {
      query(first, "first", out);
      query(second, "second", out);
      query(first, "first", out);
      transactions(second, out);
    }
  }

  private static void query(Connection connection, String name, PrintStream out)
      throws SQLException {
    out.println(name + ".autocommit=" + connection.getAutoCommit());
    out.println(name + ".readonly=" + connection.isReadOnly());
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pid, (extract(epoch FROM backend_start) * 1000)::bigint AS "
                    + name
                    + " FROM pg_stat_activity WHERE pid = pg_backend_pid()")) {
      row.next();
      out.println(name + ".pid=" + row.getInt(1));
      out.println(name + ".start=" + row.getLong(2));
    }
    try (PreparedStatement prepared = connection.prepareStatement("SELECT ?::int AS " + name)) {
      // More often than the driver's prepareThreshold: named on the server from the fifth on.
      for (int i = 0; i < 7; i++) {
        prepared.setInt(1, i);
        prepared.executeQuery().close();
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS notes_of_" + name + " (note int)");
    }
    try (PreparedStatement batch =
        connection.prepareStatement("INSERT INTO notes_of_" + name + " VALUES (?)")) {
      for (int note = 0; note < 3; note++) {
        batch.setInt(1, note);
        batch.addBatch();
      }
      batch.executeBatch();
    }
  }

  private static void transactions(Connection connection, PrintStream out) throws SQLException {
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    try (Statement statement = connection.createStatement()) {
      // PostgreSQL refuses this one after any other statement of the transaction.
      statement.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
      try (ResultSet row =
          statement.executeQuery(
              "SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only')")) {
        row.next();
        out.println("transaction.isolation=" + row.getString(1));
        out.println("transaction.readonly=" + row.getString(2));
      }
      connection.commit();
    }
    connection.setReadOnly(false);
    connection.setAutoCommit(true);
  }
}

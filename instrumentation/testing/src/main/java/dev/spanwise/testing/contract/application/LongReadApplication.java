package dev.spanwise.testing.contract.application;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Reads rows in portions, of which one is waited for until the server ends the connection, and
 * reads again once there is a server. Setting: {@code jdbc.url}. Says how many rows came before, as
 * {@code rows=}, what ended the read, as {@code ended=}, and what the read after it gave, as {@code
 * after=}.
 */
public final class LongReadApplication implements Application {
  private static final String READ =
      "SELECT n, pg_sleep(CASE WHEN n > 50 THEN 600 ELSE 0 END) FROM generate_series(1, 100) AS n";
  private static final int ROWS_AT_ONCE = 10;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  @Override
  public void run(Seam seam, Map<String, String> settings, PrintStream out) throws Exception {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setUrl(settings.get("jdbc.url"));
    DataSource database = seam.dataSource(driver);
    readUntilTheEnd(database, out);
    out.println("after=" + readAgain(database));
  }

  private static void readUntilTheEnd(DataSource database, PrintStream out) throws SQLException {
    int rows = 0;
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(ROWS_AT_ONCE);
        ResultSet result = statement.executeQuery(READ);
        while (result.next()) {
          rows++;
        }
      } catch (SQLException e) {
        out.println(
            "ended=" + e.getClass().getName() + " " + e.getSQLState() + " " + e.getMessage());
        out.println("closed=" + connection.isClosed());
      }
    }
    out.println("rows=" + rows);
  }

  private static int readAgain(DataSource database) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try (Connection connection = database.getConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT 1")) {
        row.next();
        return row.getInt(1);
      } catch (SQLException e) {
        if (System.nanoTime() - deadline > 0) {
          throw e;
        }
        Thread.sleep(50);
      }
    }
  }
}

package dev.spanwise.testing.contract.application;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens a connection while another is in a transaction, and uses it after that. Setting: {@code
 * jdbc.url}. Says what either read, and the SQL state of what failed, as {@code failed=}.
 */
public final class TwoConnectionsApplication implements Application {

  @Override
  public void run(Seam seam, Map<String, String> settings, PrintStream out) {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setUrl(settings.get("jdbc.url"));
    DataSource database = seam.dataSource(driver);
    try {
      useBoth(database, out);
    } catch (SQLException e) {
      out.println("failed=" + e.getSQLState());
    }
  }

  private static void useBoth(DataSource database, PrintStream out) throws SQLException {
    try (Connection first = database.getConnection()) {
      first.setAutoCommit(false);
      out.println("first=" + read(first, 1));
      try (Connection second = database.getConnection()) {
        out.println("opened=" + !second.isClosed());
        first.commit();
        out.println("second=" + read(second, 2));
      }
    }
  }

  private static int read(Connection connection, int number) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + number)) {
      row.next();
      return row.getInt(1);
    }
  }
}

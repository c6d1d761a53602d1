package dev.spanwise.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The PostgreSQL that the runner started, as the JVMs that it forks see it. */
final class Database {
  /** The system property that holds its JDBC URL. */
  static final String URL_PROPERTY = "spanwise.benchmarks.postgresql";

  private Database() {}

  /**
   * PostgreSQL's own data source.
   *
   * @throws IllegalStateException if the runner said no URL
   */
  static DataSource driver() {
    String url = System.getProperty(URL_PROPERTY);
    if (url == null) {
      throw new IllegalStateException(
          "no PostgreSQL: run dev.spanwise.benchmarks.Benchmarks, or set -D" + URL_PROPERTY);
    }
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setUrl(url);
    return driver;
  }

  static HikariDataSource pool(DataSource driver) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(driver);
    config.setMaximumPoolSize(1);
    return new HikariDataSource(config);
  }
}

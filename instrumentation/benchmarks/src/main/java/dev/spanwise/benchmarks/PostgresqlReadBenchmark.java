package dev.spanwise.benchmarks;

import javax.sql.DataSource;

/** A point read of a real PostgreSQL. */
public class PostgresqlReadBenchmark extends PooledRead {
  @Override
  DataSource driver() {
    return Database.driver();
  }
}

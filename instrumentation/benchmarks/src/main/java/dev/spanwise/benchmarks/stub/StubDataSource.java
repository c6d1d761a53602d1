package dev.spanwise.benchmarks.stub;

import dev.spanwise.delegation.Delegates;
import java.sql.Connection;
import java.util.Map;
import javax.sql.DataSource;

/**
 * A database in memory with one row, whose every call does next to nothing: what a wrapper costs is
 * nearly all there is to measure. It passes for PostgreSQL's driver. Safe for use by several
 * threads.
 */
@Delegates
public abstract class StubDataSource implements DataSource {
  /** What {@code getLong(1)} of its row gives. */
  public static final long VALUE = 4_242;

  final DataSource delegate =
      Absent.answering(DataSource.class, Map.of("getLoginTimeout", 0, "isWrapperFor", false));

  StubDataSource() {}

  public static DataSource create() {
    return new DelegatingStubDataSource();
  }

  /** How many calls of all stubs were answered slowly: none in a read that is measured. */
  public static long slowAnswers() {
    return Absent.answers();
  }

  @Override
  public Connection getConnection() {
    return new DelegatingStubConnection();
  }
}

package dev.spanwise.benchmarks.stub;

import dev.spanwise.delegation.Delegates;
import java.sql.DatabaseMetaData;
import java.util.Map;

/** Says where the stub is; its URL is asked for with each connection that is lent. */
@Delegates
abstract class StubMetaData implements DatabaseMetaData {
  final DatabaseMetaData delegate =
      Absent.answering(
          DatabaseMetaData.class,
          Map.of("getUserName", "stub", "getDatabaseProductName", "PostgreSQL"));

  StubMetaData() {}

  @Override
  public String getURL() {
    return "jdbc:postgresql://localhost:5432/stub";
  }
}

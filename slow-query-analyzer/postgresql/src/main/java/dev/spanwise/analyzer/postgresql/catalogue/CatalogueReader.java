package dev.spanwise.analyzer.postgresql.catalogue;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.StatementStatistics;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * Reads the system catalogue of one database of PostgreSQL 13 or later, with a handful of queries
 * however many tables there are, in one read-only snapshot. Needs no right beyond CONNECT: what the
 * role may not see stands in {@link Catalogue#weaknesses()}. Stateless, thread-safe.
 */
public final class CatalogueReader {

  private static final int OLDEST_VERSION = 130_000;

  private CatalogueReader() {}

  /**
   * Reads the database that {@code connection} is connected to, and leaves the connection as it
   * was. It must not be inside a transaction.
   *
   * @throws SQLException if the server is older than PostgreSQL 13, fails, or does not answer
   *     within a minute
   */
  public static Catalogue read(Connection connection) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try {
      return readInTransaction(connection);
    } finally {
      connection.rollback();
      connection.setAutoCommit(autoCommit);
    }
  }

  private static Catalogue readInTransaction(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
      statement.execute("SET LOCAL statement_timeout = '60s'");
      statement.execute("SET LOCAL lock_timeout = '2s'");
      statement.execute("SET LOCAL search_path = ''");
      // Compiling a query over the catalogue takes longer than running it.
      statement.execute("SET LOCAL jit = off");
    }
    Rows rows = new Rows(connection);
    int version =
        rows.one("SELECT current_setting('server_version_num')::int", row -> row.getInt(1));
    if (version < OLDEST_VERSION) {
      throw new SQLException(
          "the server is PostgreSQL " + version / 10_000 + ": 13 or later is needed");
    }
    Weaknesses weaknesses = new Weaknesses();
    Map<Long, List<Column>> columns = ColumnQuery.run(rows, weaknesses);
    Map<Long, Long> sizes = SizeQuery.run(rows, weaknesses);
    Map<Long, List<Index>> indexes = IndexQuery.run(rows, version, sizes);
    Structure structure = Structure.read(rows);
    List<Relation> relations = RelationQuery.run(rows, version, columns, indexes, sizes, structure);
    Map<Long, StatementStatistics> statements = StatementQuery.run(rows, weaknesses);
    return new Catalogue(
        version, relations, CountersQuery.run(rows), statements, weaknesses.inWords());
  }
}

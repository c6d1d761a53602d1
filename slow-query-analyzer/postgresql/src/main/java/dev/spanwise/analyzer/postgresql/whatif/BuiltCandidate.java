package dev.spanwise.analyzer.postgresql.whatif;

import dev.spanwise.analyzer.advice.IndexCandidate;
import dev.spanwise.analyzer.advice.WhatIfException;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Plan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** A candidate that stands built in the open transaction, its table's statistics put back. */
final class BuiltCandidate {

  private final Connection connection;
  private final int serverVersion;
  private final IndexCandidate candidate;
  private final long table;
  private final String name;
  private final List<TableStatistics> before;
  private final Map<Long, TableStatistics> written = new HashMap<>();
  private final Set<String> indexNames = new HashSet<>();
  private long bytes;

  private BuiltCandidate(
      Connection connection,
      int serverVersion,
      IndexCandidate candidate,
      long table,
      List<TableStatistics> before) {
    this.connection = connection;
    this.serverVersion = serverVersion;
    this.candidate = candidate;
    this.table = table;
    this.name = "spanwise_what_if_" + UUID.randomUUID().toString().replace("-", "");
    this.before = before;
  }

  /** Looks at the table, or refuses; nothing is changed yet. */
  static BuiltCandidate prepare(Connection connection, int serverVersion, IndexCandidate candidate)
      throws SQLException, WhatIfException {
    long table = table(connection, candidate);
    if (!TableStatistics.mayRestore(connection, table, serverVersion)) {
      throw new WhatIfException(
          "building an index on "
              + candidate.relation()
              + " overwrites the table's relpages and reltuples, and this role may not put them"
              + " back: before PostgreSQL 18 a superuser is needed, since then the table's owner or"
              + " MAINTAIN");
    }
    return new BuiltCandidate(
        connection,
        serverVersion,
        candidate,
        table,
        TableStatistics.of(connection, table, serverVersion));
  }

  private static long table(Connection connection, IndexCandidate candidate)
      throws SQLException, WhatIfException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                + " ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ?"
                + " AND c.relkind IN ('r', 'p', 'm')")) {
      statement.setString(1, candidate.relation().schema());
      statement.setString(2, candidate.relation().name());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new WhatIfException("there is no table " + candidate.relation());
        }
        return row.getLong(1);
      }
    }
  }

  void build() throws SQLException {
    execute(candidate.createStatement(name, false));
    restoreStatistics();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT i.relname, CASE i.relkind WHEN 'i' THEN pg_catalog.pg_relation_size(i.oid)"
                + " ELSE 0 END FROM pg_catalog.pg_class root"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = root.relnamespace"
                + " JOIN pg_catalog.pg_class i ON i.oid = root.oid OR i.oid IN"
                + " (SELECT relid FROM pg_catalog.pg_partition_tree(root.oid))"
                + " WHERE root.relname = ? AND n.nspname = ?")) {
      statement.setString(1, name);
      statement.setString(2, candidate.relation().schema());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          indexNames.add(Objects.requireNonNull(row.getString(1)));
          bytes += row.getLong(2);
        }
      }
    }
  }

  boolean isOf(IndexCandidate other) {
    return candidate.equals(other);
  }

  long bytes() {
    return bytes;
  }

  boolean isUsedBy(Plan plan) {
    return plan.nodes()
        .anyMatch(
            node -> {
              String index = node.target().index();
              return index != null && indexNames.contains(index);
            });
  }

  /** What is to be done while the candidate is out of sight. */
  @FunctionalInterface
  interface Question {
    Plan ask() throws SQLException, WhatIfException;
  }

  /** Dropping and rolling back is cheap: the files stay until the transaction ends. */
  Plan without(Question question) throws SQLException, WhatIfException {
    Savepoint built = connection.setSavepoint();
    try {
      execute("DROP INDEX " + new RelationName(candidate.relation().schema(), name));
      return question.ask();
    } finally {
      connection.rollback(built);
      connection.releaseSavepoint(built);
    }
  }

  /** Undoes CREATE INDEX's overwriting: once in its transaction and once after its rollback. */
  void restoreStatistics() throws SQLException {
    if (written.isEmpty()) {
      // After the rollback of a build that failed, whoever wrote them: some partitions were built.
      for (TableStatistics now : TableStatistics.of(connection, table, serverVersion)) {
        written.put(now.table(), now);
      }
    }
    for (TableStatistics original : before) {
      TableStatistics now = written.get(original.table());
      if (now != null) {
        original.restore(connection, now, serverVersion);
      }
    }
  }

  String tableName() {
    return candidate.relation().toString();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

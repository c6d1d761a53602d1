package dev.spanwise.analyzer.postgresql.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.catalogue.StatementStatistics;
import dev.spanwise.analyzer.postgresql.server.TestServer;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What roles of few rights see, on every supported server. */
abstract class PrivilegesContract {

  private final String schema = TestServer.unique("privileges");
  private final String role = TestServer.unique("watcher");
  private final Connection connection;

  abstract TestServer server();

  PrivilegesContract() throws SQLException {
    this.connection = server().connect();
  }

  @BeforeEach
  void create() throws SQLException {
    TestServer.run(
        connection,
        "CREATE SCHEMA " + schema,
        "SET search_path = " + schema,
        "CREATE TABLE orders (id int PRIMARY KEY)",
        "CREATE TABLE lines (id int, order_id int REFERENCES orders)",
        "CREATE INDEX lines_idx ON lines (order_id)",
        "INSERT INTO orders SELECT generate_series(1, 100)",
        "INSERT INTO lines SELECT i, i FROM generate_series(1, 100) i",
        "CREATE STATISTICS together ON id, order_id FROM lines",
        "ANALYZE orders, lines",
        "SELECT pg_stat_force_next_flush()",
        "CREATE ROLE " + role + " LOGIN");
  }

  @AfterEach
  void drop() throws SQLException {
    TestServer.run(
        connection,
        "DROP OWNED BY " + role,
        "DROP ROLE " + role,
        "DROP SCHEMA " + schema + " CASCADE");
    connection.close();
  }

  @Test
  void withoutAnyRightAllButColumnStatisticsIsSeen() throws SQLException {
    assertSeesStructure(readAs(role));
  }

  @Test
  void pgMonitorAloneSeesNoColumnStatisticsAndThatIsSaid() throws SQLException {
    TestServer.run(connection, "GRANT pg_monitor TO " + role);
    Catalogue catalogue = readAs(role);
    assertSeesStructure(catalogue);
    assertThat(lines(catalogue).column("id").orElseThrow().distinct()).isNull();
    assertThat(catalogue.weaknesses())
        .anySatisfy(
            words ->
                assertThat(words)
                    .startsWith("column statistics are not visible for ")
                    .contains(schema + ".lines", "grant SELECT"));
  }

  @Test
  void theRecommendedGrantsSeeAllThatASuperuserSees() throws SQLException {
    TestServer.run(
        connection,
        "GRANT pg_monitor TO " + role,
        "GRANT SELECT ON pg_statistic, pg_statistic_ext_data TO " + role);
    Catalogue granted = readAs(role);
    assertThat(granted.weaknesses()).isEmpty();
    Relation asSuperuser = lines(CatalogueReader.read(connection));
    assertThat(lines(granted)).isEqualTo(asSuperuser);
  }

  @Test
  void statementsAreCountedTogetherWhateverTheirLiterals() throws SQLException {
    TestServer.run(
        connection,
        "CREATE EXTENSION pg_stat_statements SCHEMA " + schema,
        "SELECT id FROM lines WHERE id <= 30",
        "SELECT id FROM lines WHERE id <= 10");
    StatementStatistics counted =
        CatalogueReader.read(connection)
            .statement(Statement.of("SELECT id FROM lines WHERE id <= ?").fingerprint())
            .orElseThrow();
    assertThat(counted.calls()).isEqualTo(2);
    assertThat(counted.rows()).isEqualTo(40);
    assertThat(counted.meanRows()).isEqualTo(20);
    assertThat(counted.executionMs()).isPositive();
  }

  @Test
  void hiddenOrUnreadableStatementCountersAreSaid() throws SQLException {
    TestServer.run(
        connection,
        "CREATE EXTENSION pg_stat_statements SCHEMA " + schema,
        "GRANT SELECT ON pg_statistic TO " + role,
        "GRANT USAGE ON SCHEMA " + schema + " TO " + role,
        "SELECT 1");
    assertThat(readAs(role).weaknesses())
        .singleElement()
        .satisfies(
            words ->
                assertThat(words)
                    .startsWith("pg_stat_statements hides the statements of other roles")
                    .contains("grant pg_read_all_stats"));

    TestServer.run(connection, "GRANT pg_monitor TO " + role);
    assertThat(readAs(role).weaknesses()).isEmpty();

    TestServer.run(connection, "REVOKE SELECT ON pg_stat_statements FROM PUBLIC");
    assertThat(readAs(role).weaknesses())
        .singleElement()
        .satisfies(
            words ->
                assertThat(words).startsWith("pg_stat_statements is installed and cannot be read"));
  }

  private void assertSeesStructure(Catalogue catalogue) {
    Relation lines = lines(catalogue);
    assertThat(lines.estimatedRows()).isEqualTo(100);
    assertThat(lines.bytes()).isPositive();
    assertThat(lines.foreignKeys()).hasSize(1);
    assertThat(lines.indexes()).hasSize(1);
    assertThat(lines.extendedStatistics()).hasSize(1);
    assertThat(Objects.requireNonNull(lines.activity()).liveRows()).isPositive();
    assertThat(catalogue.counters()).isNotNull();
  }

  private Relation lines(Catalogue catalogue) {
    return catalogue.relation(new RelationName(schema, "lines")).orElseThrow();
  }

  private Catalogue readAs(String name) throws SQLException {
    try (Connection reader = server().connectAs(name)) {
      return CatalogueReader.read(reader);
    }
  }
}

package dev.spanwise.analyzer.postgresql.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.spanwise.analyzer.advice.ExecutedStatement;
import dev.spanwise.analyzer.advice.IndexCandidate;
import dev.spanwise.analyzer.advice.WhatIf;
import dev.spanwise.analyzer.advice.WhatIfException;
import dev.spanwise.analyzer.advice.WhatIfPlanner.Method;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.postgresql.server.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What-if answers from indexes that are really built, on every supported server. */
abstract class ExecutedWhatIfContract {

  private static final List<String> NOTHING_TO_BIND = List.of();

  private final String schema = TestServer.unique("what If");
  private final Connection observer;
  private final Connection connection;

  abstract TestServer server();

  ExecutedWhatIfContract() throws SQLException {
    this.observer = server().connect();
    this.connection = server().connect();
  }

  @BeforeEach
  void create() throws SQLException {
    TestServer.run(observer, "CREATE SCHEMA \"" + schema + "\"");
    for (Connection each : List.of(observer, connection)) {
      TestServer.run(each, "SET search_path = \"" + schema + "\"");
    }
    TestServer.run(
        observer,
        "CREATE TABLE t (id int, \"Owner Id\" int, note text)",
        "INSERT INTO t SELECT i, i % 1000, repeat('x', 100) FROM generate_series(1, 20000) i",
        "ANALYZE t");
  }

  @AfterEach
  void drop() throws SQLException {
    connection.close();
    TestServer.run(observer, "DROP SCHEMA \"" + schema + "\" CASCADE");
    observer.close();
  }

  private ExecutedWhatIf planner() throws SQLException {
    return new ExecutedWhatIf(connection, Duration.ofSeconds(20), Duration.ofMillis(300));
  }

  private IndexCandidate on(String table, String... columns) {
    return new IndexCandidate(
        new RelationName(schema, table),
        "btree",
        Arrays.stream(columns).map(c -> new IndexCandidate.Key(c, false, false)).toList());
  }

  private static ExecutedStatement literal(String sql) {
    return new ExecutedStatement(sql, NOTHING_TO_BIND);
  }

  private String statistics(String table) throws SQLException {
    return TestServer.one(
        observer,
        "SELECT relpages || ' ' || reltuples || ' ' || relallvisible FROM pg_class WHERE oid = '"
            + table
            + "'::regclass");
  }

  private String indexes() throws SQLException {
    return TestServer.one(
        observer, "SELECT count(*) FROM pg_indexes WHERE schemaname = '" + schema + "'");
  }

  private static double cost(Plan plan) {
    return Objects.requireNonNull(plan.root().estimate()).totalCost();
  }

  @Test
  void answersForSeveralStatementsAndLeavesNothingBehind() throws Exception {
    IndexCandidate candidate = on("t", "Owner Id");
    try (ExecutedWhatIf planner = planner()) {
      WhatIf first = planner.plan(literal("SELECT * FROM t WHERE \"Owner Id\" = 7;"), candidate);
      WhatIf again = planner.plan(literal("SELECT * FROM t WHERE \"Owner Id\" = 7"), candidate);
      WhatIf other = planner.plan(literal("SELECT * FROM t WHERE id = 7"), candidate);
      WhatIf wider =
          planner.plan(literal("SELECT * FROM t WHERE id = 7"), on("t", "id", "Owner Id"));

      assertThat(planner.method()).isEqualTo(Method.EXECUTED);
      assertThat(first.used()).isTrue();
      assertThat(first.before().root().type()).isEqualTo(NodeType.SEQ_SCAN);
      assertThat(cost(first.after())).isLessThan(cost(first.before()) / 5);
      assertThat(first.candidateBytes()).isBetween(100_000L, 1_000_000L);
      assertThat(again.before()).isEqualTo(first.before());
      assertThat(cost(again.after())).isEqualTo(cost(first.after()));
      assertThat(other.used()).isFalse();
      assertThat(other.after()).isEqualTo(other.before());
      assertThat(wider.used()).isTrue();
    }
    assertThat(indexes()).isEqualTo("0");
    assertThat(connection.getAutoCommit()).isTrue();
    assertThat(
            TestServer.one(
                connection,
                "SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'spanwise%'"))
        .isEqualTo("0");
    TestServer.run(observer, "INSERT INTO t VALUES (0, 0, '')");
  }

  @Test
  void answersForAnOrderByAnExpression() throws Exception {
    IndexCandidate candidate =
        new IndexCandidate(
            new RelationName(schema, "t"),
            "btree",
            List.of(
                new IndexCandidate.Key(null, "COALESCE(\"Owner Id\", id)", true, false),
                new IndexCandidate.Key("id", false, false)));
    try (ExecutedWhatIf planner = planner()) {
      WhatIf answer =
          planner.plan(
              literal(
                  "SELECT * FROM t ORDER BY coalesce(\"Owner Id\", id) DESC NULLS LAST, id LIMIT 5"),
              candidate);

      assertThat(answer.used()).isTrue();
      assertThat(cost(answer.after())).isLessThan(cost(answer.before()) / 5);
    }
  }

  @Test
  void keepsTheTableStatisticsOfATableThatWasNeverAnalysedOrIsStale() throws Exception {
    TestServer.run(
        observer,
        "CREATE TABLE fresh AS SELECT * FROM t",
        "CREATE TABLE stale AS SELECT * FROM t WHERE id < 1000",
        "ANALYZE stale",
        "INSERT INTO stale SELECT id, \"Owner Id\" + 100000 FROM t");
    for (String table : List.of("fresh", "stale")) {
      String before = statistics(table);
      try (ExecutedWhatIf planner = planner()) {
        // The candidate does not serve the statement: any change comes from the statistics.
        WhatIf whatIf =
            planner.plan(literal("SELECT * FROM " + table + " WHERE note = 'y'"), on(table, "id"));
        WhatIf again =
            planner.plan(literal("SELECT * FROM " + table + " WHERE note = 'y'"), on(table, "id"));

        assertThat(whatIf.after()).isEqualTo(whatIf.before());
        assertThat(again).isEqualTo(whatIf);
      }
      assertThat(statistics(table)).as(table).isEqualTo(before);
    }
  }

  @Test
  void withoutRestoringTheStatisticsWouldHaveChanged() throws Exception {
    TestServer.run(observer, "CREATE TABLE fresh AS SELECT * FROM t");
    String before = statistics("fresh");

    TestServer.run(observer, "BEGIN", "CREATE INDEX ON fresh (id)", "ROLLBACK");

    assertThat(statistics("fresh")).isNotEqualTo(before);
  }

  @Test
  void plansWithTheValuesOfParametersWhereTheyAreKnown() throws Exception {
    String sql = "SELECT * FROM t WHERE id BETWEEN $1 AND $2 AND note = $3";
    IndexCandidate candidate = on("t", "id");
    try (ExecutedWhatIf planner = planner()) {
      WhatIf few = planner.plan(new ExecutedStatement(sql, List.of("5", "6", "a'b\\")), candidate);
      WhatIf many =
          planner.plan(new ExecutedStatement(sql, List.of("-5", "600000", "x")), candidate);
      WhatIf none =
          planner.plan(new ExecutedStatement(sql, Arrays.asList("5", null, "x")), candidate);
      WhatIf generic = planner.plan(new ExecutedStatement(sql, null), candidate);

      assertThat(few.used()).isTrue();
      assertThat(many.used()).isFalse();
      assertThat(none.after().root().type()).isEqualTo(NodeType.RESULT);
      assertThat(generic.used()).isTrue();
      assertThat(generic.after().nodes().map(node -> String.valueOf(node.conditions())))
          .anyMatch(conditions -> conditions.contains("$1"));
    }
  }

  @Test
  void neverRunsWhatItPlans() throws Exception {
    try (ExecutedWhatIf planner = planner()) {
      WhatIf whatIf = planner.plan(literal("DELETE FROM t WHERE id = 7"), on("t", "id"));
      assertThat(whatIf.used()).isTrue();
      assertThat(whatIf.after().root().type()).isEqualTo(NodeType.MODIFY_TABLE);
    }
    assertThat(TestServer.one(observer, "SELECT count(*) FROM t")).isEqualTo("20000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1; DROP TABLE t",
        "SELECT 1; COMMIT; DROP TABLE t",
        "SELECT '\\'; DROP TABLE t; --'",
        "SELECT E'\\''; DROP TABLE t; --'",
        "SELECT $a$;$b$ $a$; DROP TABLE t; --$a$",
        "SELECT /* /* */ ; */ 1; DROP TABLE t",
        "SELECT 1 -- \n; DROP TABLE t",
        "ANALYZE DELETE FROM t",
        "(ANALYZE) DELETE FROM t",
        "DROP TABLE t",
        "VACUUM t",
        "COMMIT",
        "",
        ";",
        "SELECT 'never closed",
        "SELECT * FROM missing",
        "SELECT * FROM t WHERE id = 'secret'",
        "SELECT $1 IS NULL",
      })
  void whatCannotBePlannedIsRefusedAndHarmless(String sql) throws Exception {
    TestServer.run(observer, "CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM t");
    for (List<String> parameters : Arrays.asList(null, NOTHING_TO_BIND, List.of("1"))) {
      try (ExecutedWhatIf planner = planner()) {
        assertThatExceptionOfType(WhatIfException.class)
            .isThrownBy(() -> planner.plan(new ExecutedStatement(sql, parameters), on("t", "id")))
            .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("secret"));
        // The planner can be asked on.
        assertThat(planner.plan(literal("SELECT * FROM t WHERE id = 7"), on("t", "id")).used())
            .isTrue();
      }
    }
    assertThat(TestServer.one(observer, "SELECT count(*) FROM t")).isEqualTo("20000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"P0001", "42P01", "23505"})
  void whatAFunctionRaisesIsNotRepeated(String state) throws Exception {
    TestServer.run(
        observer,
        """
        CREATE FUNCTION refuse(word text) RETURNS int LANGUAGE plpgsql IMMUTABLE AS
        $$ BEGIN RAISE 'bad value %%', word USING ERRCODE = '%s'; END $$
        """
            .formatted(state));
    try (ExecutedWhatIf planner = planner()) {
      assertThatExceptionOfType(WhatIfException.class)
          .isThrownBy(
              () ->
                  planner.plan(
                      literal("SELECT * FROM t WHERE id = refuse('secret')"), on("t", "id")))
          .satisfies(
              e -> assertThat(e.getMessage()).contains(state).doesNotContain("secret", "bad"));
    }
  }

  @Test
  void refusesAUtilityStatementThatExplainAccepts() throws Exception {
    TestServer.run(observer, "CREATE MATERIALIZED VIEW v AS SELECT count(*) AS n FROM t");
    TestServer.run(observer, "DELETE FROM t WHERE id > 100");
    try (ExecutedWhatIf planner = planner()) {
      assertThatExceptionOfType(WhatIfException.class)
          .isThrownBy(() -> planner.plan(literal("REFRESH MATERIALIZED VIEW v"), on("t", "id")));
    }
    assertThat(TestServer.one(observer, "SELECT n FROM v")).isEqualTo("20000");
  }

  @Test
  void semicolonsInsideStringsAreNoSecondStatement() throws Exception {
    try (ExecutedWhatIf planner = planner()) {
      String sql =
          "SELECT ';', \"Owner Id\" FROM t WHERE id = 7 /* ; */ AND note <> $a$;$a$ ; -- ;";
      assertThat(planner.plan(literal(sql), on("t", "id")).used()).isTrue();
    }
  }

  @Test
  void anIndexOfAPartitionedTableIsSeenInItsPartitions() throws Exception {
    TestServer.run(
        observer,
        "CREATE TABLE p (id int, n int) PARTITION BY RANGE (id)",
        "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10000)",
        "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10000) TO (30000)",
        "INSERT INTO p SELECT i, i FROM generate_series(1, 20000) i");
    String before = statistics("p1") + statistics("p2");
    try (ExecutedWhatIf planner = planner()) {
      WhatIf whatIf = planner.plan(literal("SELECT * FROM p WHERE n = 7"), on("p", "n"));
      assertThat(whatIf.used()).isTrue();
      assertThat(whatIf.candidateBytes()).isGreaterThan(100_000);
    }
    assertThat(statistics("p1") + statistics("p2")).isEqualTo(before);
  }

  @Test
  void aLockedOrMissingTableIsAReasonAndNoHang() throws Exception {
    try (Connection locker = server().connect();
        ExecutedWhatIf planner = planner()) {
      locker.setAutoCommit(false);
      TestServer.run(locker, "LOCK TABLE \"" + schema + "\".t IN ROW EXCLUSIVE MODE");

      assertThatExceptionOfType(WhatIfException.class)
          .isThrownBy(() -> planner.plan(literal("SELECT * FROM t WHERE id = 1"), on("t", "id")))
          .withMessageContaining("lock");
      locker.rollback();
      assertThatExceptionOfType(WhatIfException.class)
          .isThrownBy(() -> planner.plan(literal("SELECT 1"), on("missing", "id")))
          .withMessageContaining("there is no table");
      assertThat(planner.plan(literal("SELECT * FROM t WHERE id = 1"), on("t", "id")).used())
          .isTrue();
    }
  }

  @Test
  void aRoleThatMayNotPutStatisticsBackIsRefusedBeforeAnythingIsBuilt() throws Exception {
    String role = TestServer.unique("owner");
    TestServer.run(
        observer,
        "CREATE ROLE " + role + " LOGIN",
        "CREATE TABLE owned AS SELECT * FROM t",
        "GRANT ALL ON SCHEMA \"" + schema + "\" TO " + role,
        "ALTER TABLE owned OWNER TO " + role);
    String before = statistics("owned");
    try (Connection owner = server().connectAs(role)) {
      TestServer.run(owner, "SET search_path = \"" + schema + "\"");
      try (ExecutedWhatIf planner =
          new ExecutedWhatIf(owner, Duration.ofSeconds(5), Duration.ofSeconds(1))) {
        ExecutedStatement statement = literal("SELECT * FROM owned WHERE id = 1");
        if (TestServer.one(observer, "SHOW server_version_num").compareTo("180000") >= 0) {
          assertThat(planner.plan(statement, on("owned", "id")).used()).isTrue();
        } else {
          assertThatExceptionOfType(WhatIfException.class)
              .isThrownBy(() -> planner.plan(statement, on("owned", "id")))
              .withMessageContaining("relpages");
        }
      }
    } finally {
      assertThat(statistics("owned")).isEqualTo(before);
      TestServer.run(observer, "DROP OWNED BY " + role, "DROP ROLE " + role);
    }
  }
}

package dev.spanwise.analyzer.postgresql.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.spanwise.analyzer.advice.ExecutedStatement;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanFormatException;
import dev.spanwise.analyzer.plan.PlanReader;
import dev.spanwise.analyzer.plan.StatementPlanner.Answer;
import dev.spanwise.analyzer.plan.StatementPlanner.Refusal;
import dev.spanwise.analyzer.postgresql.server.TestServer;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans of statements that nobody recorded, on every supported server. */
abstract class LiveExplainContract {

  private final String schema = TestServer.unique("live");
  private final Connection observer;
  private final Connection connection;

  abstract TestServer server();

  LiveExplainContract() throws SQLException {
    this.observer = server().connect();
    this.connection = server().connect();
  }

  @BeforeEach
  void create() throws SQLException {
    TestServer.run(observer, "CREATE SCHEMA " + schema);
    for (Connection each : List.of(observer, connection)) {
      TestServer.run(each, "SET search_path = " + schema);
    }
    TestServer.run(
        observer,
        "CREATE TABLE t (id int PRIMARY KEY, owner int, at timestamptz DEFAULT now(), note text)",
        "INSERT INTO t (id, owner, note)"
            + " SELECT i, i % 1000, repeat('x', 100) FROM generate_series(1, 20000) i",
        "CREATE INDEX t_owner ON t (owner)",
        "ANALYZE t",
        "CREATE FUNCTION writes() RETURNS int LANGUAGE sql VOLATILE"
            + " AS 'INSERT INTO "
            + schema
            + ".t (id) VALUES (-1) RETURNING id'",
        "CREATE FUNCTION sleeps() RETURNS int LANGUAGE plpgsql STABLE"
            + " AS 'BEGIN PERFORM pg_sleep(30); RETURN 1; END'",
        "CREATE FUNCTION \"wri\"\"tes\"() RETURNS int LANGUAGE sql VOLATILE AS 'SELECT 1'",
        "CREATE VIEW hides AS SELECT writes() AS w");
  }

  @AfterEach
  void drop() throws SQLException {
    connection.close();
    TestServer.run(observer, "DROP SCHEMA " + schema + " CASCADE");
    observer.close();
  }

  private LiveExplain live() {
    return new LiveExplain(connection, Duration.ofSeconds(2), Duration.ofMillis(300));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t WHERE owner = 7",
        "SELECT * FROM t WHERE owner IN (1, 2, 3) ORDER BY id DESC LIMIT 10 OFFSET 20",
        "SELECT * FROM t WHERE at > now() - interval '1 day'",
        "SELECT * FROM t WHERE at BETWEEN date '2026-01-01' AND timestamp with time zone '2026-02-01'",
        "SELECT note LIKE 'x%', CASE WHEN id > 3 THEN 'a' ELSE 'b' END FROM t",
        "WITH w AS (SELECT owner FROM t WHERE id = 3) SELECT * FROM t, w WHERE t.id = w.owner",
        "INSERT INTO t (id, owner) VALUES (1, 2), (3, 4)",
        "UPDATE t SET owner = 3 WHERE id = 4",
        "DELETE FROM t WHERE id = 5"
      })
  void plansWhatASpanSaysOfAStatement(String sql) throws SQLException {
    Answer answer = live().plan(Statement.of(sql).text());
    assertThat(answer).isInstanceOf(Answer.Planned.class);
    Plan plan = ((Answer.Planned) answer).plan();
    assertThat(plan.analyzed()).isFalse();
    assertThat(plan.totalCost()).isPositive();
    assertThat(TestServer.one(observer, "SELECT count(*) FROM t")).isEqualTo("20000");
  }

  @Test
  void aNormalisedStatementIsPlannedGenerically() {
    Answer answer = live().plan("select * from t where owner = $1");
    assertThat(answer).isInstanceOf(Answer.Planned.class);
    List<String> conditions =
        ((Answer.Planned) answer)
            .plan()
            .nodes()
            .map(node -> String.valueOf(node.conditions().indexCondition()))
            .toList();
    assertThat(conditions).anyMatch(condition -> condition.contains("owner = $1"));
  }

  /** The server's own way since 16, which a driver can go by the simple protocol only. */
  @Test
  void givesThePlanThatGenericPlanGives() throws SQLException, PlanFormatException {
    Assumptions.assumeTrue(connection.getMetaData().getDatabaseMajorVersion() >= 16);
    String sql = "select * from t where owner = $1 and id < $2 order by at limit $3";
    String output;
    try (Connection simple =
            DriverManager.getConnection(server().url("postgres") + "&preferQueryMode=simple");
        java.sql.Statement statement = simple.createStatement()) {
      statement.execute("SET search_path = " + schema);
      try (ResultSet row =
          statement.executeQuery("EXPLAIN (GENERIC_PLAN, VERBOSE, FORMAT JSON) " + sql)) {
        row.next();
        output = row.getString(1);
      }
    }
    Answer answer = live().plan(sql);
    assertThat(answer).isInstanceOf(Answer.Planned.class);
    assertThat(((Answer.Planned) answer).plan().root()).isEqualTo(PlanReader.read(output).root());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select from where",
        "this is no sql",
        "select * from t; delete from t",
        "select * from t where id = $1 and note = 'cut …"
      })
  void whatIsNoStatementIsUnparseable(String text) throws SQLException {
    assertThat(live().plan(text))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UNPARSEABLE));
    assertThat(TestServer.one(observer, "SELECT count(*) FROM t")).isEqualTo("20000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"select * from no_such_table", "vacuum t", "begin"})
  void whatHasNoPlanHereIsUnexplainable(String text) {
    assertThat(live().plan(text))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UNEXPLAINABLE));
  }

  @Test
  void aRefusalNamesWhatIsMissing() {
    assertThat(live().plan("select * from no_such_table where id = $1"))
        .isEqualTo(
            new Answer.Refused(
                Refusal.UNEXPLAINABLE,
                "the statement cannot be planned: ERROR: relation \"no_such_table\" does not exist (SQLSTATE 42P01)"));
  }

  @Test
  void aLockedTableIsGivenUp() throws SQLException {
    try (Connection locker = server().connect()) {
      locker.setAutoCommit(false);
      TestServer.run(locker, "LOCK TABLE " + schema + ".t");
      assertThat(live().plan("select * from t where id = $1"))
          .isEqualTo(
              new Answer.Refused(
                  Refusal.UNEXPLAINABLE,
                  "the statement cannot be planned: a lock on the table was not free in time (SQLSTATE 55P03)"));
    }
  }

  @Test
  void leavesTheConnectionAsItWas() throws SQLException {
    live().plan("select * from t where id = $1");
    live().plan("select from where");
    assertThat(connection.getAutoCommit()).isTrue();
    assertThat(
            TestServer.one(
                connection,
                "SELECT count(*) FROM pg_prepared_statements WHERE name NOT LIKE 'S\\_%'"))
        .isEqualTo("0");
    assertThat(TestServer.one(connection, "SHOW statement_timeout")).isEqualTo("0");
    assertThat(TestServer.one(connection, "SHOW transaction_read_only")).isEqualTo("off");
    assertThat(TestServer.one(connection, "SHOW plan_cache_mode")).isEqualTo("auto");
  }

  @Test
  void aSelectIsMeasuredWhereThatIsAskedFor() throws Exception {
    Plan plan = live().analyze(literal("SELECT count(*) FROM t WHERE owner = 7 AND at < now()"));
    assertThat(plan.analyzed()).isTrue();
    assertThat(plan.executionMs()).isPositive();
    assertThat(Objects.requireNonNull(plan.root().actual()).totalRows()).isEqualTo(1);
    assertThat(plan.nodes()).anyMatch(node -> node.type() == NodeType.AGGREGATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM t",
        "INSERT INTO t (id) VALUES (-2)",
        "WITH gone AS (DELETE FROM t RETURNING id) SELECT * FROM gone",
        "SELECT * FROM t WHERE id = 1 FOR UPDATE",
        "SELECT * INTO made FROM t",
        "CREATE TABLE made AS SELECT * FROM t",
        "SELECT writes()",
        "SELECT \"writes\" ()",
        "SELECT * FROM hides",
        "SELECT id FROM t LIMIT \"wri\"\"tes\"()",
        "SELECT id FROM t LIMIT U&\"wr\\0069tes\"()",
        "SELECT id FROM t LIMIT writes()",
        "SELECT * FROM (VALUES (writes())) v",
        "SELECT nextval('s')",
        "SELECT pg_terminate_backend(1)",
        "SELECT pg_advisory_lock(1)",
        "EXECUTE something",
        "SELECT 1; DELETE FROM t"
      })
  void whatMayDoMoreThanReadIsNotRun(String sql) throws SQLException {
    assertThatExceptionOfType(ExplainException.class)
        .isThrownBy(() -> live().analyze(literal(sql)));
    assertThat(TestServer.one(observer, "SELECT count(*) FROM t")).isEqualTo("20000");
    assertThat(TestServer.one(observer, "SELECT to_regclass('made')")).isEqualTo("null");
  }

  @Test
  void aSelectThatTakesTooLongIsStopped() {
    assertThatExceptionOfType(ExplainException.class)
        .isThrownBy(() -> live().analyze(literal("SELECT sleeps()")))
        .withMessageContaining("it took longer than the statement timeout");
  }

  @Test
  void withoutItsValuesAStatementIsNotRun() {
    assertThatExceptionOfType(ExplainException.class)
        .isThrownBy(
            () -> live().analyze(new ExecutedStatement("SELECT * FROM t WHERE id = $1", null)))
        .withMessageStartingWith("the values of its parameters are not known");
  }

  private static ExecutedStatement literal(String sql) {
    return new ExecutedStatement(sql, List.of());
  }
}

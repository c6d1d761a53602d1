package dev.spanwise.analyzer.postgresql.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.LockWait;
import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.execution.StatementDuration;
import dev.spanwise.analyzer.execution.StatementDuration.Step;
import dev.spanwise.analyzer.execution.TemporaryFile;
import dev.spanwise.analyzer.postgresql.server.TestServer;
import dev.spanwise.analyzer.trace.TraceContext;
import dev.spanwise.analyzer.trace.TraceId;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real server logs of statements is read alike from each of its formats. */
abstract class LoggedEventsContract {

  private static final String SECRET = "hunter2-in-a-parameter";
  private static final String SLEEP = "SELECT pg_sleep(0.02)\n  AS slept";

  private static final String PID = "SELECT pg_backend_pid()";
  private static final String WAITERS =
      "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'";

  abstract TestServer server();

  @ParameterizedTest
  @CsvSource({
    "stderr, '%m [%p] %q[user=%u,db=%d,app=%a] '",
    "stderr, '%t:%r:%u@%d:[%p]:'",
    "csvlog, ''",
    "jsonlog, ''"
  })
  void readsTheDurationOfEachStep(String destination, String prefix) throws Exception {
    Path log =
        server()
            .log(
                destination,
                prefix,
                connection -> {
                  TestServer.run(connection, "SET log_min_duration_statement = 0");
                  try (PreparedStatement statement =
                      connection.prepareStatement("SELECT pg_sleep(0.02), ?::text")) {
                    statement.setString(1, SECRET);
                    statement.execute();
                  }
                });

    Read read = Read.file(log, ServerLogOptions.DEFAULTS);

    assertThat(read.rejections).isEmpty();
    assertThat(ofStatement(read, StatementDuration.class, "SELECT pg_sleep(0.02), $1::text"))
        .extracting(StatementDuration::step)
        .containsExactly(Step.PARSE, Step.BIND, Step.EXECUTE);
    assertThat(ofStatement(read, StatementDuration.class, "SELECT pg_sleep(0.02), $1::text").get(2))
        .satisfies(
            executed ->
                assertThat(executed.durationNanos()).isBetween(20_000_000L, 3_000_000_000L));
    assertThat(read.events.toString()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @CsvSource({"stderr, '%m [%p] '", "csvlog, ''", "jsonlog, ''"})
  void joinsADurationWithoutTextToTheStatementLoggedBefore(String destination, String prefix)
      throws Exception {
    Path log =
        server()
            .log(
                destination,
                prefix,
                connection -> {
                  try (Connection simple = simple()) {
                    TestServer.run(simple, "SET log_statement = 'all'", "SET log_duration = on");
                    TestServer.run(simple, SLEEP, "SET log_duration = off");
                  }
                });

    Read read = Read.file(log, ServerLogOptions.DEFAULTS);

    assertThat(read.rejections).isEmpty();
    assertThat(ofStatement(read, StatementDuration.class, SLEEP))
        .singleElement()
        .satisfies(
            duration -> {
              assertThat(duration.step()).isEqualTo(Step.SIMPLE);
              assertThat(duration.durationNanos()).isBetween(20_000_000L, 3_000_000_000L);
            });
  }

  @ParameterizedTest
  @CsvSource({"stderr, '%m [%p] %q%a '", "csvlog, ''", "jsonlog, ''"})
  void readsLockWaitsWithTheirHolders(String destination, String prefix) throws Exception {
    String table = TestServer.unique("locked");
    String waiting = "UPDATE " + table + " SET v = v + 1";
    int[] holder = new int[1];
    Path log =
        server()
            .log(
                destination,
                prefix,
                connection -> {
                  TestServer.run(
                      connection,
                      "CREATE TABLE " + table + " AS SELECT 1 AS v",
                      "BEGIN",
                      "UPDATE " + table + " SET v = 2");
                  holder[0] = Integer.parseInt(TestServer.one(connection, PID));
                  CompletableFuture<Void> other =
                      CompletableFuture.runAsync(
                          () ->
                              runOnItsOwn(
                                  "SET log_lock_waits = on; SET deadlock_timeout = 20", waiting));
                  TestServer.await(() -> TestServer.one(connection, WAITERS).equals("1"));
                  TestServer.run(connection, "SELECT pg_sleep(0.3)", "COMMIT");
                  other.join();
                });

    Read read = Read.file(log, ServerLogOptions.DEFAULTS);

    List<LockWait> waits = ofStatement(read, LockWait.class, waiting);
    assertThat(read.rejections).isEmpty();
    assertThat(waits)
        .extracting(LockWait::mode, LockWait::acquired, LockWait::holders)
        .containsExactly(
            tuple("ShareLock", false, List.of(holder[0])), tuple("ShareLock", true, List.of()));
    assertThat(waits.get(0).target()).startsWith("transaction ");
    assertThat(waits.get(1).waitedNanos()).isGreaterThan(waits.get(0).waitedNanos());
    assertThat(waits.get(0).backendPid()).isNotEqualTo(holder[0]);
  }

  /** A session that sends each statement as a simple query. */
  private Connection simple() throws SQLException {
    return DriverManager.getConnection(server().url("postgres") + "&preferQueryMode=simple");
  }

  private void runOnItsOwn(String... statements) {
    try (Connection connection = server().connect()) {
      TestServer.run(connection, statements);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"stderr, '%m [%p] '", "csvlog, ''", "jsonlog, ''"})
  void readsTemporaryFilesWhoseStatementTheServerNamesInASimpleQueryOnly(
      String destination, String prefix) throws Exception {
    String sort =
        "SELECT n FROM generate_series(1, 100000) AS n ORDER BY n % 777, n\n OFFSET 99990";
    Path log =
        server()
            .log(
                destination,
                prefix,
                connection -> {
                  try (Connection simple = simple()) {
                    for (Connection each : List.of(simple, connection)) {
                      TestServer.run(each, "SET work_mem = '64kB'", "SET log_temp_files = 0", sort);
                    }
                  }
                });

    Read read = Read.file(log, ServerLogOptions.DEFAULTS);

    assertThat(read.rejections).isEmpty();
    assertThat(ofStatement(read, TemporaryFile.class, sort))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(file.bytes()).isBetween(100_000L, 100_000_000L));
    assertThat(read.events).anySatisfy(file -> assertThat(file.statement()).isNull());
  }

  @ParameterizedTest
  @CsvSource({
    "stderr, '%m [%p] %q[user=%u,db=%d,app=%a] ', checkout [7]",
    "stderr, '%m [%p][%v] : [%l-1] %q[app=%a] ', checkout [7]",
    "stderr, '%m [%p] ', ",
    "csvlog, '', checkout [7]",
    "jsonlog, '', checkout [7]"
  })
  void tellsTheApplicationAndTheSpanThatTheCommentNames(
      String destination, String prefix, @Nullable String application) throws Exception {
    String sql =
        "SELECT '/*traceparent=''00-1-2-01''*/' AS literal, pg_sleep(0.01)"
            + " /*db_driver='jdbc',traceparent='00-0af7651916cd43dd8448eb211c80319c"
            + "-b7ad6b7169203331-01'*/";
    Path log =
        server()
            .log(
                destination,
                prefix,
                connection ->
                    TestServer.run(
                        connection,
                        "SET application_name = 'checkout [7]'",
                        "SET auto_explain.log_format = json",
                        "SET auto_explain.log_min_duration = 5",
                        sql,
                        "SET auto_explain.log_min_duration = -1"));

    ExecutedPlan plan = Read.file(log, ServerLogOptions.DEFAULTS).only(ExecutedPlan.class);

    assertThat(plan.logged().applicationName()).isEqualTo(application);
    assertThat(plan.logged().traceContext())
        .isEqualTo(
            new TraceContext(
                new TraceId(0x0af7651916cd43ddL, 0x8448eb211c80319cL), 0xb7ad6b7169203331L));
  }

  private static <T extends ServerEvent> List<T> ofStatement(Read read, Class<T> type, String sql) {
    Statement statement = Statement.of(sql);
    Stream<ServerEvent> events = read.events.stream();
    return events
        .filter(event -> statement.equals(event.statement()))
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}

package dev.spanwise.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import dev.spanwise.testing.server.PgBouncer;
import dev.spanwise.testing.server.PostgresServer;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.ds.PGSimpleDataSource;

class BackendQueryTest {
  @RegisterExtension
  static final OpenTelemetryExtension telemetry = OpenTelemetryExtension.create();

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static PostgresServer server;

  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeAll
  static void startServer() {
    server = PostgresServer.embedded();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void captureLog() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void releaseLog() {
    System.setErr(standardError);
  }

  @Test
  void leavesNoTransactionAndNoSettingBehind() throws SQLException {
    PGSimpleDataSource driver =
        new PGSimpleDataSource() {
          @Override
          public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            connection.setNetworkTimeout(Runnable::run, 45_000);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            return connection;
          }
        };
    driver.setUrl(server.jdbcUrl());
    try (Connection connection = PostgresqlTelemetry.wrap(driver).getConnection()) {
      TransactionState state = connection.unwrap(BaseConnection.class).getTransactionState();
      assertThat(state).isEqualTo(TransactionState.IDLE);
      assertThat(connection.getNetworkTimeout()).isEqualTo(45_000);
      assertThat(connection.getAutoCommit()).isFalse();
      assertThat(connection.isReadOnly()).isTrue();
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
      assertThat((Throwable) connection.getWarnings()).isNull();
      assertThat(pidSpans(connection)).doesNotContainNull();
    }
  }

  @Test
  void makesNoSpanOfItsOwnAboveOrBelowOtherInstrumentation() throws SQLException {
    DataSource below = JdbcTelemetry.create(telemetry.getOpenTelemetry()).wrap(driver());
    DataSource both =
        JdbcTelemetry.create(telemetry.getOpenTelemetry()).wrap(PostgresqlTelemetry.wrap(below));
    both.getConnection().close();

    assertThat(telemetry.getSpans())
        .filteredOn(span -> span.getKind() == SpanKind.CLIENT)
        .isEmpty();
  }

  @Test
  void anOpenTransactionIsLeftAlone() throws SQLException {
    PGSimpleDataSource driver =
        new PGSimpleDataSource() {
          @Override
          public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
              statement.execute("create temporary table kept (id int)");
            }
            return connection;
          }
        };
    driver.setUrl(server.jdbcUrl());
    try (Connection connection = PostgresqlTelemetry.wrap(driver).getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("insert into kept values (1)")).isEqualTo(1);
    }
    assertThat(warnings()).singleElement().asString().contains("open transaction");
  }

  @Test
  void behindATransactionPoolerTheAttributesAreLeftOffAndTheLogSaysSoOnce() throws SQLException {
    try (PgBouncer pooler = PgBouncer.inFrontOf(server, 1)) {
      DataSource dataSource = PostgresqlTelemetry.wrap(TestDatabase.driver(pooler.jdbcUrl()));
      try (Connection first = dataSource.getConnection();
          Connection second = dataSource.getConnection()) {
        assertThat(pidSpans(first)).containsOnlyNulls();
        assertThat(pidSpans(second)).containsOnlyNulls();
      }
    }
    assertThat(warnings()).singleElement().asString().contains("PgBouncer");
  }

  @Test
  void aServerThatDoesNotAnswerDelaysOneConnectionForTwoSeconds() throws Exception {
    List<Integer> stopped = new ArrayList<>();
    PGSimpleDataSource stalling =
        new PGSimpleDataSource() {
          @Override
          public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            if (stopped.isEmpty()) {
              int pid = connection.unwrap(PGConnection.class).getBackendPID();
              stopped.add(pid);
              signal("-STOP", pid);
            }
            return connection;
          }
        };
    stalling.setUrl(server.jdbcUrl());
    DataSource dataSource = PostgresqlTelemetry.wrap(stalling);

    long start = System.nanoTime();
    try (Connection connection = dataSource.getConnection();
        Connection next = dataSource.getConnection()) {
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(6));
      assertThat(pidSpans(connection)).containsOnlyNulls();
      assertThat(pidSpans(next)).containsOnlyNulls();
    } finally {
      signal("-CONT", stopped.get(0));
    }
    assertThat(warnings()).singleElement().asString().contains("did not say");
  }

  @ParameterizedTest
  @CsvSource({
    "'',                 2000",
    "&loginTimeout=60,   2000",
    "&loginTimeout=3,    1500",
    "&loginTimeout=1,     500",
  })
  void isWaitedForHalfTheLoginTimeoutAtMost(String option, int millis) throws SQLException {
    List<Integer> waits = new ArrayList<>();
    PGSimpleDataSource recording =
        new PGSimpleDataSource() {
          @Override
          public Connection getConnection() throws SQLException {
            return recordingWaits(super.getConnection(), waits);
          }
        };
    recording.setUrl(server.jdbcUrl() + option);
    PostgresqlTelemetry.wrap(recording).getConnection().close();

    assertThat(waits).containsExactly(millis, 0);
  }

  @Test
  void nothingIsAskedWhereTheLoginTimeoutIsTooShortForIt() throws SQLException {
    try (Connection connection = server.connect()) {
      List<Integer> waits = new ArrayList<>();
      BaseConnection driver = recordingWaits(connection, waits).unwrap(BaseConnection.class);

      assertThat(new BackendQuery().ask(driver, Duration.ofMillis(199))).isSameAs(Backend.UNKNOWN);
      assertThat(waits).isEmpty();
      assertThat(new BackendQuery().ask(driver, Duration.ofSeconds(1)))
          .isNotSameAs(Backend.UNKNOWN);
      assertThat(waits).containsExactly(500, 0);
    }
  }

  /** The driver's connection, whose socket's timeouts are noted. */
  private static Connection recordingWaits(Connection connection, List<Integer> waits) {
    return (Connection)
        Proxy.newProxyInstance(
            BackendQueryTest.class.getClassLoader(),
            new Class<?>[] {BaseConnection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("unwrap")) {
                return proxy;
              }
              if (method.getName().equals("setNetworkTimeout")) {
                waits.add((Integer) arguments[1]);
              }
              return method.invoke(connection, arguments);
            });
  }

  private static void signal(String signal, int pid) {
    try {
      int exit =
          new ProcessBuilder("kill", signal, Integer.toString(pid)).inheritIO().start().waitFor();
      assertThat(exit).isZero();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static PGSimpleDataSource driver() {
    return TestDatabase.driver(server.jdbcUrl());
  }

  private List<String> warnings() {
    return log.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("postgresql.pid"))
        .toList();
  }

  /** The process ids on the spans of a statement of the connection. */
  private static List<Long> pidSpans(Connection connection) throws SQLException {
    telemetry.clearSpans();
    DatabaseSpans.around(
        telemetry.getOpenTelemetry(),
        () -> {
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery("select 1")) {
            assertThat(rows.next()).isTrue();
          }
        });
    List<Long> pids = new ArrayList<>();
    telemetry
        .getSpans()
        .forEach(span -> pids.add(span.getAttributes().get(SpanwiseAttributes.POSTGRESQL_PID)));
    return pids;
  }
}

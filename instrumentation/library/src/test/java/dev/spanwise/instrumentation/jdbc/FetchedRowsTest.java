package dev.spanwise.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.read.NamedRead;
import dev.spanwise.instrumentation.read.NamedReads;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import dev.spanwise.testing.server.PostgresServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchedRowsTest {
  @RegisterExtension
  static final OpenTelemetryExtension telemetry = OpenTelemetryExtension.create();

  /** Each row costs the server a millisecond. */
  private static final String SLOW_ROWS =
      "select i from generate_series(1, 60) i, lateral (select pg_sleep(0.001 + 0 * i)) s";

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static PostgresServer server;

  private final NamedRead read =
      NamedReads.create(Telemetry.of(telemetry.getOpenTelemetry(), new SimpleMeterRegistry()))
          .named("feed");
  private final DataSource dataSource =
      PostgresqlTelemetry.wrap(TestDatabase.driver(server.jdbcUrl()));

  @BeforeAll
  static void startServer() {
    server = PostgresServer.embedded();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void forgetSpans() {
    telemetry.clearSpans();
  }

  @Test
  void rowsThatCameWithTheStatementTookNoFurtherTime() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      int count = read.call(running -> rows(connection, SLOW_ROWS, 0));
      assertThat(count).isEqualTo(60);
    }
    assertThat(attributes().get(SpanwiseAttributes.SPANWISE_JDBC_ROWS_FETCHED)).isEqualTo(60);
    assertThat(attributes().get(SpanwiseAttributes.SPANWISE_JDBC_FETCH_DURATION)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, false", "7, false", "20, false", "59, false", "7, true"})
  void timeIsThatOfThePortionsAfterTheFirst(int fetchSize, boolean adaptive) throws SQLException {
    try (Connection connection =
        PostgresqlTelemetry.wrap(
                TestDatabase.driver(server.jdbcUrl() + "&adaptiveFetch=" + adaptive))
            .getConnection()) {
      connection.setAutoCommit(false);
      int count = read.call(running -> rows(connection, SLOW_ROWS, fetchSize));
      assertThat(count).isEqualTo(60);
    }
    assertThat(attributes().get(SpanwiseAttributes.SPANWISE_JDBC_ROWS_FETCHED)).isEqualTo(60);
    double leftForLater = 0.001 * (60 - fetchSize);
    assertThat(attributes().get(SpanwiseAttributes.SPANWISE_JDBC_FETCH_DURATION))
        .isBetween(leftForLater, telemetryDuration() - 0.001 * fetchSize);
  }

  @Test
  void aReadWithoutStatementsSaysNothingOfRows() {
    read.call(running -> 0);

    assertThat(attributes().get(SpanwiseAttributes.SPANWISE_JDBC_ROWS_FETCHED)).isNull();
    assertThat(attributes().get(SpanwiseAttributes.SPANWISE_JDBC_FETCH_DURATION)).isNull();
  }

  @Test
  void rowsReadInAnotherThreadCountAndThoseAfterTheEndAreLost() throws Exception {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      ResultSet rows =
          read.call(
              running -> {
                ResultSet open = statement.executeQuery("select generate_series(1, 10)");
                open.next();
                CompletableFuture.runAsync(() -> advance(open)).join();
                return open;
              });
      int after = 0;
      while (rows.next()) {
        after++;
      }
      assertThat(after).isEqualTo(8);
      assertThat(rows.getStatement()).isInstanceOf(WatchedStatement.class);
    }
    assertThat(attributes().get(SpanwiseAttributes.SPANWISE_JDBC_ROWS_FETCHED)).isEqualTo(2);
  }

  private static void advance(ResultSet rows) {
    try {
      assertThat(rows.next()).isTrue();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static int rows(Connection connection, String sql, int fetchSize) throws SQLException {
    int count = 0;
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(fetchSize);
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          count++;
        }
      }
    }
    return count;
  }

  private static Attributes attributes() {
    return span().getAttributes();
  }

  private static double telemetryDuration() {
    return (span().getEndEpochNanos() - span().getStartEpochNanos()) / 1e9;
  }

  private static SpanData span() {
    assertThat(telemetry.getSpans()).hasSize(1);
    return telemetry.getSpans().get(0);
  }
}

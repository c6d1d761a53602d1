package dev.spanwise.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;

/** Whatever goes wrong with telemetry, the caller gets the query's own result or exception. */
@SuppressWarnings("try") // a scope is there to be closed, not to be read
class PostgresqlTelemetryFailureTest {
  @SuppressWarnings("NullAway.Init") // set before the first test
  private static TestDatabase database;

  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeAll
  static void startDatabase() {
    database = new TestDatabase();
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
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
  void aConnectionThatIsNotPostgresqlsIsHandedOutAsItIs() throws SQLException {
    DataSource dataSource = PostgresqlTelemetry.wrap(opaque());
    for (int i = 0; i < 2; i++) {
      try (Connection connection = dataSource.getConnection()) {
        assertThat(selectOne(connection)).isEqualTo(1);
        assertThat(connection).isInstanceOf(Proxy.class);
      }
    }
    assertThat(warnings()).isEqualTo(1);
  }

  @Test
  void anotherDriversUncheckedExceptionStaysInTheLog() throws SQLException {
    DataSource broken =
        replacing("unwrap", () -> new UnsupportedOperationException("no unwrap here"));
    try (Connection connection = PostgresqlTelemetry.wrap(broken).getConnection()) {
      assertThat(selectOne(connection)).isEqualTo(1);
    }
    assertThat(warnings()).isEqualTo(1);
  }

  @Test
  void aClosedConnectionThrowsTheDriversException() throws SQLException {
    Connection connection = PostgresqlTelemetry.wrap(database.driver()).getConnection();
    Statement statement = connection.createStatement();
    connection.close();

    assertThatThrownBy(() -> statement.executeQuery("select 1"))
        .isExactlyInstanceOf(PSQLException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(connection::createStatement).isExactlyInstanceOf(PSQLException.class);
  }

  @Test
  void aSyntaxErrorIsTheDriversException() throws SQLException {
    try (Connection connection = PostgresqlTelemetry.wrap(database.driver()).getConnection();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("selec 1"))
          .isExactlyInstanceOf(PSQLException.class)
          .hasFieldOrPropertyWithValue("SQLState", "42601");
    }
  }

  @Test
  void aSpanThatIsNotRecordedChangesNothing() throws SQLException {
    try (SdkTracerProvider never =
            SdkTracerProvider.builder().setSampler(Sampler.alwaysOff()).build();
        Scope ignored = never.get("test").spanBuilder("read").startSpan().makeCurrent();
        Connection connection = PostgresqlTelemetry.wrap(database.driver()).getConnection()) {
      assertThat(selectOne(connection)).isEqualTo(1);
    }
    assertThat(warnings()).isZero();
  }

  @Test
  void aSpanThatThrowsIsLoggedOncePerConnection() throws SQLException {
    DataSource dataSource = PostgresqlTelemetry.wrap(database.driver());
    try (Connection first = dataSource.getConnection();
        Connection second = dataSource.getConnection();
        Scope ignored = Context.root().with(throwing()).makeCurrent()) {
      for (Connection connection : new Connection[] {first, second, first, second}) {
        assertThat(selectOne(connection)).isEqualTo(1);
      }
    }
    assertThat(warnings()).isEqualTo(2);
  }

  /** A span as the SDK's own, of which everything but its kind throws. */
  private static Span throwing() {
    return (Span)
        Proxy.newProxyInstance(
            Span.class.getClassLoader(),
            new Class<?>[] {Span.class, ReadableSpan.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getKind" -> SpanKind.CLIENT;
                  case "storeInContext" ->
                      InvocationHandler.invokeDefault(proxy, method, arguments);
                  default -> throw new IllegalStateException(method + " today");
                });
  }

  private long warnings() {
    return log.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("postgresql.pid"))
        .count();
  }

  private static int selectOne(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select 1")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** The database behind connections that do not show the driver. */
  private static DataSource opaque() {
    return replacing("unwrap", () -> new SQLException("not a wrapper"));
  }

  private interface Failure {
    Exception make();
  }

  /** The database behind connections of which one method fails. */
  private static DataSource replacing(String failing, Failure failure) {
    return new PGSimpleDataSource() {
      @Override
      public Connection getConnection() throws SQLException {
        Connection connection = database.driver().getConnection();
        return (Connection)
            Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals(failing)) {
                    throw failure.make();
                  }
                  try {
                    return method.invoke(connection, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
      }
    };
  }
}

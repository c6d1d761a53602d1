package dev.spanwise.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.spanwise.instrumentation.read.NamedRead;
import dev.spanwise.instrumentation.read.NamedReads;
import dev.spanwise.instrumentation.telemetry.RecordedTelemetry;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import dev.spanwise.testing.server.PostgresServer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.util.PSQLException;

/** A real server that goes away in the middle of a read, and comes back. */
class ServerRestartTest {
  private final PostgresServer server = PostgresServer.embedded();
  private final RecordedTelemetry recorded = new RecordedTelemetry();
  private final NamedRead read = NamedReads.create(recorded.telemetry()).named("watchlist");
  private final DataSource dataSource =
      PostgresqlTelemetry.wrap(TestDatabase.driver(server.jdbcUrl()));

  /** How the server goes away. */
  enum End {
    /** In order: each session is told. */
    STOP("57P01") {
      @Override
      void bring(PostgresServer server, int pid) {
        server.stop();
        server.startAgain();
      }
    },
    /** The session's process is killed; the server then restarts by itself. */
    KILL("08006") {
      @Override
      void bring(PostgresServer server, int pid) {
        ProcessHandle session = ProcessHandle.of(pid).orElseThrow();
        assertThat(session.destroyForcibly()).isTrue();
        session.onExit().join();
      }
    };

    private final String state;

    End(String state) {
      this.state = state;
    }

    abstract void bring(PostgresServer server, int pid);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void aStatementUnderWayThrowsTheDriversExceptionAndTheNextConnectionReads(End end)
      throws Exception {
    try (Connection connection = dataSource.getConnection()) {
      int pid = pid(connection);
      CompletableFuture<Void> ending =
          CompletableFuture.runAsync(
              () -> {
                awaitStatement("pg_sleep");
                end.bring(server, pid);
              });

      Throwable thrown =
          catchThrowable(() -> read.call(running -> number(connection, "select pg_sleep(600)")));

      assertThat(thrown)
          .isExactlyInstanceOf(PSQLException.class)
          .hasFieldOrPropertyWithValue("SQLState", end.state);
      ending.get(120, TimeUnit.SECONDS);
      assertThatOneReadFailedWith(thrown);
      assertThatItReadsAgain(pid);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsBeingFetchedThrowTheDriversExceptionAndThoseBeforeAreCounted(End end) throws Exception {
    try (Connection connection = dataSource.getConnection()) {
      int pid = pid(connection);
      connection.setAutoCommit(false);

      Throwable thrown =
          catchThrowable(
              () ->
                  read.call(
                      running -> {
                        try (Statement statement = connection.createStatement()) {
                          statement.setFetchSize(5);
                          ResultSet rows =
                              statement.executeQuery("select generate_series(1, 1000)");
                          while (rows.next()) {
                            if (rows.getInt(1) == 12) {
                              end.bring(server, pid);
                            }
                          }
                          return rows.getRow();
                        }
                      }));

      assertThat(thrown).isExactlyInstanceOf(PSQLException.class);
      assertThat(((PSQLException) thrown).getSQLState()).isIn(end.state, "08006");
      assertThatOneReadFailedWith(thrown);
      assertThat(
              recorded
                  .span("watchlist")
                  .getAttributes()
                  .get(SpanwiseAttributes.SPANWISE_JDBC_ROWS_FETCHED))
          .isEqualTo(15);
      assertThatItReadsAgain(pid);
    }
  }

  @Test
  void aReadsFutureFailsAsItDidWithoutUs() throws Exception {
    try (Connection connection = dataSource.getConnection()) {
      int pid = pid(connection);
      CompletableFuture<Integer> future =
          read.callAsync(
              running ->
                  CompletableFuture.supplyAsync(
                      () -> {
                        try {
                          return number(connection, "select pg_sleep(600)");
                        } catch (SQLException e) {
                          throw new CompletionException(e);
                        }
                      }));
      awaitStatement("pg_sleep");
      End.STOP.bring(server, pid);

      Throwable thrown = catchThrowable(() -> future.get(120, TimeUnit.SECONDS));

      assertThat(thrown.getCause())
          .isExactlyInstanceOf(PSQLException.class)
          .hasFieldOrPropertyWithValue("SQLState", End.STOP.state);
      assertThatOneReadFailedWith(Objects.requireNonNull(thrown.getCause()));
      assertThatItReadsAgain(pid);
    }
  }

  @Test
  void noConnectionIsTheDriversException() {
    server.stop();

    Throwable thrown =
        catchThrowable(
            () ->
                read.call(
                    running -> {
                      try (Connection connection = dataSource.getConnection()) {
                        return number(connection, "select 1");
                      }
                    }));

    assertThat(thrown)
        .isExactlyInstanceOf(PSQLException.class)
        .hasFieldOrPropertyWithValue("SQLState", "08001");
    assertThatOneReadFailedWith(thrown);
  }

  private void assertThatOneReadFailedWith(Throwable thrown) {
    SpanData span = recorded.span("watchlist");
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.getAttributes().get(SpanwiseAttributes.ERROR_TYPE))
        .isEqualTo(thrown.getClass().getName());
    assertThat(span.getEvents()).hasSize(1);
    assertThat(Context.current()).isSameAs(Context.root());
  }

  /** By another process, which the next statement's span names. */
  private void assertThatItReadsAgain(int pidBefore) throws Exception {
    RecordedTelemetry.await("a connection", this::accepts);
    try (Connection connection = dataSource.getConnection()) {
      int pid = pid(connection);
      assertThat(pid).isNotEqualTo(pidBefore);
      Span span =
          recorded
              .tracer()
              .spanBuilder("select")
              .setSpanKind(SpanKind.CLIENT)
              .setAttribute("db.system.name", "postgresql")
              .startSpan();
      int one = Context.root().with(span).wrap(() -> number(connection, "select 1")).call();
      span.end();
      assertThat(one).isEqualTo(1);
      assertThat(recorded.span("select").getAttributes().get(SpanwiseAttributes.POSTGRESQL_PID))
          .isEqualTo(pid);
    }
  }

  private boolean accepts() {
    try (Connection connection = server.connect()) {
      return connection.isValid(10);
    } catch (SQLException e) {
      return false;
    }
  }

  private void awaitStatement(String text) {
    try {
      RecordedTelemetry.await(text, () -> isRunning(text));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private boolean isRunning(String text) {
    try (Connection connection = server.connect()) {
      return number(
              connection,
              "select count(*)::int from pg_stat_activity where state = 'active'"
                  + " and pid <> pg_backend_pid() and query like '%"
                  + text
                  + "%'")
          == 1;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static int pid(Connection connection) throws SQLException {
    return number(connection, "select pg_backend_pid()");
  }

  private static int number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}

package dev.spanwise.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.jdbc.PgConnection;

class PostgresqlTelemetryTest {
  @RegisterExtension
  static final OpenTelemetryExtension telemetry = OpenTelemetryExtension.create();

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static TestDatabase database;

  @SuppressWarnings("NullAway.Init") // set before each test
  private HikariDataSource pool;

  @BeforeAll
  static void startDatabase() {
    database = new TestDatabase();
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @BeforeEach
  void openPool() {
    pool = WiringExample.pool(database.url(), telemetry.getOpenTelemetry());
    pool.setMaximumPoolSize(3);
  }

  @AfterEach
  void closePool() {
    pool.close();
  }

  @Test
  void everyStatementOfEveryPooledConnectionCarriesItsBackend() throws SQLException {
    Set<Long> pids = new HashSet<>();
    try (Connection first = pool.getConnection();
        Connection second = pool.getConnection();
        Connection third = pool.getConnection()) {
      for (Connection connection : List.of(first, second, third, second, first)) {
        telemetry.clearSpans();
        long pid = executeInEveryWay(connection);

        assertThat(pidsOfDatabaseSpans()).hasSize(10).containsOnly(pid);
        pids.add(pid);
      }
    }
    assertThat(pids).hasSize(3);
  }

  private static long executeInEveryWay(Connection connection) throws SQLException {
    long pid;
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("select pg_backend_pid()")) {
        rows.next();
        pid = rows.getLong(1);
      }
      statement.execute("create temporary table if not exists item (id bigint)");
      statement.executeUpdate("insert into item values (1)");
      statement.executeLargeUpdate("delete from item");
      statement.addBatch("insert into item values (2)");
      statement.addBatch("insert into item values (3)");
      statement.executeBatch();
    }
    try (PreparedStatement statement =
        connection.prepareStatement("select id from item where id = ?")) {
      statement.setLong(1, 2);
      statement.executeQuery().close();
      statement.execute();
    }
    try (PreparedStatement statement = connection.prepareStatement("insert into item values (?)")) {
      statement.setLong(1, 4);
      statement.executeUpdate();
      statement.setLong(1, 5);
      statement.addBatch();
      statement.executeBatch();
    }
    try (CallableStatement statement = connection.prepareCall("{? = call abs(?)}")) {
      statement.registerOutParameter(1, Types.INTEGER);
      statement.setInt(2, -7);
      statement.execute();
      assertThat(statement.getInt(1)).isEqualTo(7);
    }
    return pid;
  }

  private static List<SpanData> databaseSpans() {
    return telemetry.getSpans().stream().filter(span -> span.getKind() == SpanKind.CLIENT).toList();
  }

  private static List<Long> pidsOfDatabaseSpans() {
    List<Long> pids = new ArrayList<>();
    for (SpanData span : databaseSpans()) {
      pids.add(span.getAttributes().get(SpanwiseAttributes.POSTGRESQL_PID));
    }
    return pids;
  }

  @Test
  void aFailedStatementCarriesItToo() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      long pid = connection.unwrap(PGConnection.class).getBackendPID();
      assertThat(catchThrowable(() -> statement.execute("selec"))).isInstanceOf(SQLException.class);

      assertThat(pidsOfDatabaseSpans()).containsExactly(pid);
    }
  }

  @Test
  void theDriverIsStillWithinReach() throws SQLException {
    try (Connection connection = PostgresqlTelemetry.wrap(database.driver()).getConnection();
        PreparedStatement statement = connection.prepareStatement("select 1")) {
      assertThat(connection.unwrap(PgConnection.class).isValid(1)).isTrue();
      assertThat(connection.isWrapperFor(PGConnection.class)).isTrue();
      assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
      assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("PostgreSQL");
      assertThat(statement.unwrap(PGStatement.class)).isNotNull();
      assertThat(statement.getConnection()).isSameAs(connection);
      assertThat(connection)
          .isEqualTo(statement.getConnection())
          .isNotEqualTo(connection.unwrap(PgConnection.class));
    }
  }

  @Test
  void repeatedStatementsAreStillPreparedOnTheServer() throws SQLException {
    try (Connection connection = PostgresqlTelemetry.wrap(database.driver()).getConnection()) {
      for (int execution = 0; execution < 6; execution++) {
        try (PreparedStatement statement =
            connection.prepareStatement("select count(*) from pg_class where oid = ?")) {
          statement.setInt(1, execution);
          statement.executeQuery().close();
        }
      }
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select count(*) from pg_prepared_statements")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(1);
      }
    }
  }

  @Test
  void theSpanSaysSinceWhenTheBackendRuns() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select floor(extract(epoch from backend_start) * 1000) from pg_stat_activity"
                    + " where pid = pg_backend_pid()")) {
      rows.next();
      assertThat(databaseSpans())
          .singleElement()
          .extracting(
              span ->
                  span.getAttributes().get(SpanwiseAttributes.SPANWISE_POSTGRESQL_BACKEND_START))
          .isEqualTo(rows.getLong(1));
    }
  }

  @ParameterizedTest
  @EnumSource(SpanKind.class)
  @SuppressWarnings("try") // a scope is there to be closed, not to be read
  void aSpanThatIsNotADatabasesStaysAsItIs(SpanKind kind) throws SQLException {
    Span span =
        telemetry
            .getOpenTelemetry()
            .getTracer("test")
            .spanBuilder("other")
            .setSpanKind(kind)
            .setAttribute("db.system.name", kind == SpanKind.CLIENT ? "mysql" : "postgresql")
            .startSpan();
    try (Connection connection = PostgresqlTelemetry.wrap(database.driver()).getConnection();
        Statement statement = connection.createStatement();
        Scope ignored = span.makeCurrent()) {
      statement.execute("select 1");
    }
    span.end();

    assertThat(telemetry.getSpans())
        .singleElement()
        .satisfies(
            other ->
                assertThat(other.getAttributes().get(SpanwiseAttributes.POSTGRESQL_PID)).isNull());
  }
}

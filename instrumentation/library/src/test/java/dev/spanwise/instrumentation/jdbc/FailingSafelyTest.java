package dev.spanwise.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanwise.instrumentation.read.NamedRead;
import dev.spanwise.instrumentation.read.NamedReads;
import dev.spanwise.instrumentation.telemetry.FaultyTelemetry;
import dev.spanwise.instrumentation.telemetry.TelemetryFault;
import io.opentelemetry.context.Context;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.util.PSQLException;

/** Whatever fails within telemetry, a read has the database's own rows and exceptions. */
@Timeout(120) // for an exporter that blocks: until then nothing is timed
class FailingSafelyTest {
  @SuppressWarnings("NullAway.Init") // set before the first test
  private static TestDatabase database;

  @BeforeAll
  static void startDatabase() {
    database = new TestDatabase();
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROPAGATOR_THROWS")
  void aReadHasTheDatabasesRowsAndExceptions(TelemetryFault fault) throws Exception {
    try (FaultyTelemetry faulty = FaultyTelemetry.start(fault);
        Connection connection = PostgresqlTelemetry.wrap(database.driver()).getConnection()) {
      NamedRead read = NamedReads.create(faulty.telemetry()).named("watchlist");
      connection.setAutoCommit(false);

      List<Integer> rows = read.call(running -> rows(connection, "select generate_series(1, 20)"));
      assertThat(rows).hasSize(20).startsWith(1, 2, 3).endsWith(20);
      assertThatThrownBy(() -> read.call(running -> rows(connection, "select 1 / 0")))
          .isExactlyInstanceOf(PSQLException.class)
          .hasFieldOrPropertyWithValue("SQLState", "22012")
          .hasNoSuppressedExceptions();
      faulty.assertMet();
    }
    assertThat(Context.current()).isSameAs(Context.root());
  }

  private static List<Integer> rows(Connection connection, String sql) throws SQLException {
    List<Integer> numbers = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(7);
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          numbers.add(rows.getInt(1));
        }
      }
    }
    return numbers;
  }
}

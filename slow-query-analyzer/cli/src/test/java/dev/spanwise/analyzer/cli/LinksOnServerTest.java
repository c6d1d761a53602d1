package dev.spanwise.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.spanwise.analyzer.link.Confidence;
import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.link.LinkMethod;
import dev.spanwise.analyzer.link.Links;
import dev.spanwise.demo.database.DemoDatabase;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes links difficult, as a real server logs it. */
class LinksOnServerTest {

  private static final String SLEEP = "SELECT pg_sleep(0.2)";

  @TempDir private static Path directory;
  private static DemoDatabase database;

  @BeforeAll
  static void start() throws IOException, SQLException {
    database = DemoDatabase.start(directory.resolve("server"));
    try (RecordedCalls calls = RecordedCalls.of(database)) {
      calls.execute(
          "CREATE FUNCTION settle() RETURNS void LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.02); PERFORM pg_sleep(0.04); END'");
      calls.execute(
          "CREATE PROCEDURE close_day() LANGUAGE plpgsql AS 'BEGIN PERFORM settle(); END'");
      calls.execute("CREATE TABLE settled (account int, slept text)");
    }
  }

  @AfterAll
  static void stop() throws IOException {
    database.close();
  }

  @Test
  void theStatementThatCalledAFunctionHasTheLinkNotThoseInside() throws Exception {
    try (RecordedCalls calls = RecordedCalls.of(database)) {
      calls.call(1, "SELECT settle()", PreparedStatement::execute);
      Link link = only(calls.links());
      assertThat(link.confidence()).isEqualTo(Confidence.EXACT);
      assertThat(planned(link)).isEqualTo(Statement.of("SELECT settle()"));
      assertThat(link.executions()).isEqualTo(1);
    }
  }

  @Test
  void aProcedureHasThePlanOfWhatItWaitedFor() throws Exception {
    try (RecordedCalls calls = RecordedCalls.of(database)) {
      calls.call(1, "CALL close_day()", PreparedStatement::execute);
      Link link = only(calls.links());
      assertThat(link.confidence()).isEqualTo(Confidence.PROBABLE);
      assertThat(planned(link)).isEqualTo(Statement.of("SELECT settle()"));
    }
  }

  @Test
  void aBatchHasAllOfItsExecutions() throws Exception {
    String sql = "INSERT INTO settled SELECT ?, pg_sleep(0.02)::text";
    try (RecordedCalls calls = RecordedCalls.of(database)) {
      calls.call(
          1,
          sql,
          statement -> {
            for (int account = 0; account < 5; account++) {
              statement.setInt(1, account);
              statement.addBatch();
            }
            statement.executeBatch();
          });
      Link link = only(calls.links());
      assertThat(link.confidence()).isEqualTo(Confidence.PROBABLE);
      assertThat(link.executions()).isEqualTo(5);
      assertThat(planned(link)).isEqualTo(Statement.of(sql));
    }
  }

  @Test
  void aCursorsPlanThatIsLoggedAfterTheSpanIsLinked() throws Exception {
    String sql = "SELECT i FROM generate_series(1, 200000) i ORDER BY md5(i::text)";
    try (RecordedCalls calls = RecordedCalls.of(database)) {
      Connection connection = calls.connection();
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setFetchSize(1_000);
        ResultSet rows = calls.span(1, sql, statement::executeQuery);
        for (int row = 0; row < 20_000; row++) {
          assertThat(rows.next()).isTrue();
        }
        rows.close();
      }
      connection.commit();
      Link link = only(calls.links());
      assertThat(link.confidence()).isEqualTo(Confidence.PROBABLE);
      assertThat(link.method()).isEqualTo(LinkMethod.BACKEND_PID);
      assertThat(planned(link)).isEqualTo(Statement.of(sql));
    }
  }

  @Test
  void throughAPoolerThePidIsNotTheBackendsAndNothingIsLinkedByIt() throws Exception {
    assumeTrue(Pooler.isInstalled(), "pgbouncer is not installed");
    try (Pooler pooler = Pooler.start(database, directory);
        RecordedCalls calls = RecordedCalls.of(pooler.jdbcUrl(), database.logFile())) {
      calls.call(1, SLEEP, PreparedStatement::execute);
      Links links = calls.links();
      assertThat(links.plans()).isEqualTo(1);
      assertThat(links.links()).isEmpty();
      assertThat(links.backendsLogged()).isEmpty();
    }
  }

  @Test
  void throughAPoolerStatementAndDurationLinkWhereThePidIsLeftOff() throws Exception {
    assumeTrue(Pooler.isInstalled(), "pgbouncer is not installed");
    try (Pooler pooler = Pooler.start(database, directory);
        RecordedCalls calls = RecordedCalls.of(pooler.jdbcUrl(), database.logFile())) {
      // With the first statement the pooler connects, which is a part of its span.
      calls.execute("SELECT 1");
      calls.withoutPid().call(1, SLEEP, PreparedStatement::execute);
      calls.call(2, SLEEP, PreparedStatement::execute);
      assertThat(calls.links().links())
          .hasSize(2)
          .allSatisfy(
              link -> {
                assertThat(link.method()).isEqualTo(LinkMethod.FINGERPRINT_AND_DURATION);
                assertThat(link.confidence()).isEqualTo(Confidence.PROBABLE);
                assertThat(Objects.requireNonNull(link.logged()).atNanos())
                    .isBetween(link.span().span().startNanos(), link.span().span().endNanos());
              });
    }
  }

  private static Link only(Links links) {
    assertThat(links.links()).hasSize(1);
    return links.links().get(0);
  }

  private static Statement planned(Link link) {
    return Objects.requireNonNull(Objects.requireNonNull(link.plan()).statement());
  }
}

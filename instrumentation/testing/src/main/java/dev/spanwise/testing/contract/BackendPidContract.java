package dev.spanwise.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.testing.contract.application.Application;
import dev.spanwise.testing.contract.application.QueryApplication;
import dev.spanwise.testing.otlp.ExportedSpan;
import dev.spanwise.testing.server.PgBouncer;
import dev.spanwise.testing.server.PostgresServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * JDBC spans name the server process that ran them, and nothing else of the application changes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackendPidContract {
  private static final AttributeKey<Long> PID = AttributeKey.longKey("postgresql.pid");
  private static final AttributeKey<Long> START =
      AttributeKey.longKey("spanwise.postgresql.backend_start");

  private PostgresServer server;
  private Exported exported;

  /** Runs the application instrumented. */
  protected abstract Exported run(
      Class<? extends Application> application, Map<String, String> settings) throws Exception;

  @BeforeAll
  void runApplication() throws Exception {
    server = PostgresServer.embedded();
    exported = run(QueryApplication.class, Map.of("jdbc.url", server.jdbcUrl()));
  }

  @AfterAll
  void stopServer() {
    server.close();
  }

  @Test
  void everyStatementNamesTheProcessOfItsConnection() {
    assertThat(exported.output().get("first.pid"))
        .isNotEqualTo(exported.output().get("second.pid"));
    for (String connection : List.of("first", "second")) {
      List<ExportedSpan> statements = exported.statements(connection);
      assertThat(statements).hasSizeGreaterThanOrEqualTo(10);
      assertThat(statements)
          .allSatisfy(
              span ->
                  assertThat(span.attributes().get(PID))
                      .hasToString(exported.output().get(connection + ".pid")))
          .allSatisfy(
              span ->
                  // Whole milliseconds: the application's were rounded by the server.
                  assertThat(span.attributes().get(START))
                      .isCloseTo(
                          Long.parseLong(exported.output().get(connection + ".start")),
                          within(1L)));
    }
  }

  @Test
  void onlyTheSpansOfStatementsNameIt() {
    assertThat(exported.spansWith(PID))
        .isNotEmpty()
        .allSatisfy(span -> assertThat(span.kind()).isEqualTo(SpanKind.CLIENT))
        .allSatisfy(span -> assertThat(Exported.statement(span)).isNotEmpty());
  }

  @Test
  void noSpanIsMadeForWhatIsAskedOnce() {
    assertThat(exported.statements("activity(")).isEmpty();
  }

  @Test
  void transactionsAreTheApplicationsOwn() {
    assertThat(exported.output())
        .containsEntry("first.autocommit", "true")
        .containsEntry("first.readonly", "false")
        .containsEntry("transaction.isolation", "serializable")
        .containsEntry("transaction.readonly", "on");
  }

  @Test
  void behindAPoolerNoProcessIsNamed() throws Exception {
    try (PgBouncer pooler = PgBouncer.inFrontOf(server, 2)) {
      Exported pooled = run(QueryApplication.class, Map.of("jdbc.url", pooler.jdbcUrl()));

      assertThat(pooled.statements("first")).hasSizeGreaterThanOrEqualTo(10);
      assertThat(pooled.spansWith(PID)).isEmpty();
      assertThat(pooled.spansWith(START)).isEmpty();
    }
  }
}

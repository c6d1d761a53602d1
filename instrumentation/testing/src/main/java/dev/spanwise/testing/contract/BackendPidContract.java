package dev.spanwise.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.testing.contract.application.Application;
import dev.spanwise.testing.contract.application.QueryApplication;
import dev.spanwise.testing.otlp.ExportedSpan;
import dev.spanwise.testing.server.PgBouncer;
import dev.spanwise.testing.server.PostgresServer;
import dev.spanwise.testing.server.PostgresServers;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/**
 * JDBC spans name the server process that ran them, and nothing else of the application changes.
 *
 * <p>A subclass is a {@code @ParameterizedClass} whose first argument says where the server runs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackendPidContract {
  private static final AttributeKey<Long> PID = AttributeKey.longKey("postgresql.pid");
  private static final AttributeKey<Long> START =
      AttributeKey.longKey("spanwise.postgresql.backend_start");

  /** Where the server runs. */
  @SuppressWarnings("NullAway.Init") // injected
  @Parameter(0)
  PostgresServers servers;

  private @Nullable PostgresServer server;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private Exported exported;

  /** Runs the application instrumented. */
  protected abstract Exported run(
      Class<? extends Application> application, Map<String, String> settings) throws Exception;

  @BeforeParameterizedClassInvocation
  void runApplication() throws Exception {
    server = servers.start();
    exported = run(QueryApplication.class, Map.of("jdbc.url", server.jdbcUrl()));
  }

  @AfterParameterizedClassInvocation
  void stopServer() {
    if (server != null) {
      server.close();
      server = null;
    }
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
        .allSatisfy(span -> assertThat(span.scope().name()).isEqualTo("io.opentelemetry.jdbc"));
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
    try (PgBouncer pooler = PgBouncer.inFrontOf(Objects.requireNonNull(server), 2)) {
      Exported pooled = run(QueryApplication.class, Map.of("jdbc.url", pooler.jdbcUrl()));

      assertThat(pooled.statements("first")).hasSizeGreaterThanOrEqualTo(10);
      assertThat(pooled.spansWith(PID)).isEmpty();
      assertThat(pooled.spansWith(START)).isEmpty();
    }
  }
}

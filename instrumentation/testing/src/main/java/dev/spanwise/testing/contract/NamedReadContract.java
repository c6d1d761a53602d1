package dev.spanwise.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.testing.contract.application.Application;
import dev.spanwise.testing.contract.application.ReadApplication;
import dev.spanwise.testing.otlp.ExportedSpan;
import dev.spanwise.testing.server.PostgresServer;
import dev.spanwise.testing.server.PostgresServers;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/**
 * A read has its name, and so have the statements inside it; what is no read keeps its own.
 *
 * <p>A subclass is a {@code @ParameterizedClass} whose first argument says where the server runs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class NamedReadContract {
  private static final AttributeKey<String> READ = AttributeKey.stringKey("spanwise.read.name");
  private static final AttributeKey<String> SUMMARY = AttributeKey.stringKey("db.query.summary");

  /** Where the server runs. */
  @SuppressWarnings("NullAway.Init") // injected
  @Parameter(0)
  PostgresServers servers;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private Exported exported;

  /** Runs the application instrumented, with {@code /watchlist} as the read {@code watchlist}. */
  protected abstract Exported run(
      Class<? extends Application> application, Map<String, String> settings) throws Exception;

  @BeforeParameterizedClassInvocation
  void runApplication() throws Exception {
    try (PostgresServer server = servers.start()) {
      exported = run(ReadApplication.class, Map.of("jdbc.url", server.jdbcUrl()));
    }
  }

  @Test
  void theApplicationAnswersAsWithout() {
    assertThat(exported.output()).containsEntry("watchlist", "200").containsEntry("health", "200");
  }

  @Test
  void oneSpanIsTheRead() {
    assertThat(exported.spansWith(READ))
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.attributes().get(READ)).isEqualTo("watchlist");
              assertThat(span.kind()).isIn(SpanKind.SERVER, SpanKind.INTERNAL);
            });
  }

  @Test
  void theStatementsOfTheReadAreNamedAfterIt() {
    ExportedSpan read = exported.spansWith(READ).get(0);

    assertThat(exported.statements("watchlist"))
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.name()).isEqualTo("watchlist");
              assertThat(span.attributes().get(SUMMARY)).isEqualTo("watchlist");
              assertThat(span.traceId()).isEqualTo(read.traceId());
              assertThat(span.parentSpanId()).isEqualTo(read.spanId());
            });
  }

  @Test
  void otherStatementsKeepTheirNames() {
    assertThat(exported.statements("health"))
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.name()).isNotIn("watchlist", "health");
              assertThat(span.attributes().get(SUMMARY)).isNotEqualTo("watchlist");
            });
  }
}

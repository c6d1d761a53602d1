package dev.spanwise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.benchmarks.stub.StubDataSource;
import dev.spanwise.instrumentation.jdbc.PostgresqlTelemetry;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.ReadableSpan;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured on the stub is what happens on PostgreSQL. */
class StubDriverTest {
  @Test
  @SuppressWarnings("try") // the scope is opened to be closed
  void theWrapperTakesItForPostgresqlsDriver() throws SQLException {
    try (BenchmarkTelemetry telemetry = BenchmarkTelemetry.sampled()) {
      DataSource wrapped = PostgresqlTelemetry.wrap(StubDataSource.create());
      Span span =
          telemetry
              .tracer()
              .spanBuilder("select")
              .setSpanKind(SpanKind.CLIENT)
              .setAttribute("db.system.name", "postgresql")
              .startSpan();
      try (Scope scope = span.makeCurrent();
          Connection connection = wrapped.getConnection()) {
        connection.prepareStatement("select 1").executeQuery();
      }
      assertThat(((ReadableSpan) span).getAttribute(SpanwiseAttributes.POSTGRESQL_PID))
          .isEqualTo(StubDataSource.VALUE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void itsRowPassesThroughEachInstrumentation(Instrumentation instrumentation) throws SQLException {
    try (BenchmarkTelemetry telemetry = BenchmarkTelemetry.sampled();
        Connection connection =
            instrumentation.wrap(StubDataSource.create(), telemetry).getConnection()) {
      assertThat(PointRead.read(connection)).isEqualTo(StubDataSource.VALUE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noInstrumentationWaitsForAnAnswerThatIsSlow(Instrumentation instrumentation)
      throws SQLException {
    StubReadBenchmark benchmark = new StubReadBenchmark();
    benchmark.instrumentation = instrumentation;
    benchmark.open();
    try {
      benchmark.read();
      long before = StubDataSource.slowAnswers();
      benchmark.read();

      assertThat(StubDataSource.slowAnswers()).isEqualTo(before);
    } finally {
      benchmark.close();
    }
  }
}

package dev.spanwise.benchmarks;

import static org.openjdk.jmh.annotations.Scope.Benchmark;

import dev.spanwise.benchmarks.stub.StubDataSource;
import dev.spanwise.instrumentation.jdbc.PostgresqlTelemetry;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A statement of the stub driver, executed while a database's span is current that records: with
 * the backend's two attributes set as constants, and with the wrapper that finds them.
 */
@State(Benchmark)
public class BackendPidBenchmark {
  private static final String SQL = "select id from accounts where id = ?";
  // Boxed once, as the wrapper's.
  private static final Long PID = StubDataSource.VALUE;

  private BenchmarkTelemetry telemetry;
  private Span span;
  private Scope scope;
  private Connection plain;
  private Connection wrapped;
  private PreparedStatement plainStatement;
  private PreparedStatement wrappedStatement;

  @Setup
  @SuppressWarnings("MustBeClosedChecker") // closed by the tear-down, on the same thread
  public void open() throws SQLException {
    telemetry = BenchmarkTelemetry.sampled();
    span =
        telemetry
            .tracer()
            .spanBuilder("select accounts")
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute("db.system.name", "postgresql")
            .startSpan();
    scope = span.makeCurrent();
    DataSource driver = StubDataSource.create();
    plain = driver.getConnection();
    wrapped = PostgresqlTelemetry.wrap(driver).getConnection();
    plainStatement = plain.prepareStatement(SQL);
    wrappedStatement = wrapped.prepareStatement(SQL);
  }

  @TearDown
  public void close() {
    scope.close();
    span.end();
    telemetry.close();
  }

  @Benchmark
  public ResultSet executeWithConstants() throws SQLException {
    setConstants();
    return plainStatement.executeQuery();
  }

  @Benchmark
  public ResultSet executeWrapped() throws SQLException {
    return wrappedStatement.executeQuery();
  }

  @Benchmark
  public ResultSet prepareAndExecuteWithConstants() throws SQLException {
    try (PreparedStatement statement = plain.prepareStatement(SQL)) {
      setConstants();
      return statement.executeQuery();
    }
  }

  @Benchmark
  public ResultSet prepareAndExecuteWrapped() throws SQLException {
    try (PreparedStatement statement = wrapped.prepareStatement(SQL)) {
      return statement.executeQuery();
    }
  }

  private void setConstants() {
    Span current = Span.current();
    current.setAttribute(SpanwiseAttributes.POSTGRESQL_PID, PID);
    current.setAttribute(SpanwiseAttributes.SPANWISE_POSTGRESQL_BACKEND_START, PID);
  }
}

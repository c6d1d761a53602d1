package dev.spanwise.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.spanwise.instrumentation.read.NamedRead;
import dev.spanwise.instrumentation.read.NamedReads;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A point read through a pool, as an application with one of the instrumentations does it. */
@State(Scope.Benchmark)
public abstract class PooledRead {
  private static final String NAME = "balance";

  @Param public Instrumentation instrumentation = Instrumentation.NOTHING;

  private BenchmarkTelemetry telemetry;
  private DataSource pool;
  private @Nullable NamedRead named;

  abstract DataSource driver();

  @Setup
  public void open() throws SQLException {
    telemetry = BenchmarkTelemetry.sampled();
    pool = instrumentation.pool(driver(), telemetry);
    named =
        instrumentation == Instrumentation.SPANWISE
            ? NamedReads.create(telemetry.telemetry()).named(NAME)
            : null;
    read();
    instrumentation.check(telemetry);
  }

  @TearDown
  public void close() throws SQLException {
    pool.unwrap(HikariDataSource.class).close();
    telemetry.close();
  }

  @Benchmark
  public long read() throws SQLException {
    return named == null ? readPooled() : named.call(running -> readPooled());
  }

  private long readPooled() throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return PointRead.read(connection);
    }
  }
}

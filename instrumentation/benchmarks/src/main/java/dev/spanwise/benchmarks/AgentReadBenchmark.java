package dev.spanwise.benchmarks;

import static org.openjdk.jmh.annotations.Scope.Thread;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A point read of a real PostgreSQL by an application that knows of no telemetry. {@link
 * AgentRounds} forks it with the agents.
 */
@State(Scope.Benchmark)
public class AgentReadBenchmark {
  /** What the JVM was started with: only a name here, the runner's arguments make it true. */
  @Param("NOTHING")
  public Agent agent = Agent.NOTHING;

  private HikariDataSource pool;

  /**
   * The processor time of the reading thread, which a busy machine disturbs less than the clock.
   */
  @State(Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class ProcessorTime {
    private static final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    public long processorNanos;
    public long reads;
    private long startNanos;

    @Setup(Level.Iteration)
    public void start() {
      reads = 0;
      startNanos = threads.getCurrentThreadCpuTime();
    }

    @TearDown(Level.Iteration)
    public void stop() {
      processorNanos = threads.getCurrentThreadCpuTime() - startNanos;
    }
  }

  @Setup
  public void open() {
    pool = Database.pool(Database.driver());
  }

  @TearDown
  public void close() {
    pool.close();
  }

  @Benchmark
  public long read(ProcessorTime time) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      time.reads++;
      return PointRead.read(connection);
    }
  }
}

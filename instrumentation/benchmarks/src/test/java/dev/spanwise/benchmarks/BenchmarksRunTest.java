package dev.spanwise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.benchmarks.Measurements.Measurement;
import dev.spanwise.testing.server.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Every benchmark runs, once and in this JVM, and has its place in the tables. Nothing is timed.
 */
class BenchmarksRunTest {
  @TempDir Path directory;

  @Test
  void everyBenchmarkRunsAndIsInATable() throws Exception {
    Path file = directory.resolve("results.json");
    try (PostgresServer server = PostgresServer.embedded()) {
      try (Connection connection = server.connect()) {
        PointRead.prepare(connection);
      }
      System.setProperty(Database.URL_PROPERTY, server.jdbcUrl());
      new Runner(
              new OptionsBuilder()
                  .include("dev.spanwise.benchmarks.*")
                  .addProfiler(GCProfiler.class)
                  .forks(0)
                  .warmupIterations(0)
                  .measurementIterations(1)
                  .measurementTime(TimeValue.milliseconds(1))
                  .shouldFailOnError(true)
                  .verbosity(VerboseMode.SILENT)
                  .resultFormat(ResultFormatType.JSON)
                  .result(file.toString())
                  .build())
          .run();
    } finally {
      System.clearProperty(Database.URL_PROPERTY);
    }
    String tables = ResultTables.of(Measurements.read(file));
    for (Instrumentation instrumentation : Instrumentation.values()) {
      assertThat(tables.split("\n\\| " + instrumentation.label() + " \\|", -1)).hasSize(3);
    }
    assertThat(tables)
        .contains(
            "named read, sampled",
            "named read, not sampled",
            "pid, execute",
            "pid, prepare and execute",
            "JetStream process",
            "JetStream publish")
        .contains(ReadPartsBenchmark.PARTS);
    assertThat(Measurements.read(file).get("AgentReadBenchmark.read[NOTHING]"))
        .extracting(Measurement::processorNanos)
        .isNotNull();
  }
}

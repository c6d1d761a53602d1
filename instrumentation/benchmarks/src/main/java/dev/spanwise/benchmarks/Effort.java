package dev.spanwise.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How much is measured.
 *
 * @param forks of each benchmark
 * @param warmups iterations before those that count
 * @param agentWarmups likewise under the agent, whose own code takes ten seconds to be compiled
 * @param iterations those that count
 * @param agentRounds forks of each agent's benchmark, in turns
 */
record Effort(int forks, int warmups, int agentWarmups, int iterations, int agentRounds) {
  /** To see that it runs, in about two minutes. */
  static final Effort QUICK = new Effort(1, 2, 4, 2, 1);

  /** For the table, in about eleven minutes. */
  static final Effort FULL = new Effort(2, 5, 24, 8, 4);

  private static final TimeValue ITERATION = TimeValue.milliseconds(500);

  /**
   * What all benchmarks share: the average time in nanoseconds and the allocation, in a JVM with
   * OpenTelemetry's stable database conventions.
   *
   * @param databaseUrl the PostgreSQL to read from
   * @param jvmArguments further ones
   */
  ChainedOptionsBuilder options(String databaseUrl, List<String> jvmArguments) {
    List<String> arguments = new ArrayList<>(jvmArguments);
    arguments.add("-D" + Database.URL_PROPERTY + "=" + databaseUrl);
    arguments.add("-Dotel.semconv-stability.opt-in=database");
    arguments.add("-Xms256m");
    arguments.add("-Xmx256m");
    return new OptionsBuilder()
        .mode(Mode.AverageTime)
        .timeUnit(TimeUnit.NANOSECONDS)
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true)
        .forks(forks)
        .warmupIterations(warmups)
        .warmupTime(ITERATION)
        .measurementIterations(iterations)
        .measurementTime(ITERATION)
        .jvmArgsAppend(arguments.toArray(new String[0]));
  }
}

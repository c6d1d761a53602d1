package dev.spanwise.benchmarks;

import dev.spanwise.testing.server.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/**
 * Runs the benchmarks and prints their tables.
 *
 * <ul>
 *   <li>{@code run [FILE [PATTERN...]]}: all of them, or those whose names match one of JMH's
 *       patterns; JMH's JSON goes to the file, {@code benchmarks.json} unless it is named
 *   <li>{@code quick [FILE [PATTERN...]]}: likewise, too short for figures to be trusted
 *   <li>{@code table FILE}: only the tables of a run before, as Markdown
 * </ul>
 */
public final class Benchmarks {
  private static final String AGENT = AgentReadBenchmark.class.getSimpleName();

  private Benchmarks() {}

  public static void main(String[] arguments) throws Exception {
    List<String> given = List.of(arguments);
    String command = given.isEmpty() ? "run" : given.get(0);
    Path file = Path.of(given.size() > 1 ? given.get(1) : "benchmarks.json");
    List<String> patterns = given.size() > 2 ? given.subList(2, given.size()) : List.of();
    switch (command) {
      case "run" -> run(Effort.FULL, file, patterns);
      case "quick" -> run(Effort.QUICK, file, patterns);
      case "table" -> {}
      default -> throw new IllegalArgumentException("run, quick or table, not " + command);
    }
    System.out.println(ResultTables.of(Measurements.read(file)));
  }

  private static void run(Effort effort, Path file, List<String> patterns)
      throws RunnerException, SQLException {
    List<RunResult> results = new ArrayList<>();
    try (PostgresServer server = PostgresServer.embedded()) {
      try (Connection connection = server.connect()) {
        PointRead.prepare(connection);
      }
      if (patterns.isEmpty() || !patterns.equals(List.of(AGENT))) {
        ChainedOptionsBuilder options = effort.options(server.jdbcUrl(), List.of()).exclude(AGENT);
        patterns.forEach(options::include);
        results.addAll(new Runner(options.build()).run());
      }
      if (patterns.isEmpty() || patterns.contains(AGENT)) {
        results.addAll(new AgentRounds(effort, server.jdbcUrl()).run());
      }
    } finally {
      // What came before a failure, too.
      ResultFormatFactory.getInstance(ResultFormatType.JSON, file.toString()).writeOut(results);
    }
  }
}

package dev.spanwise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ResultTablesTest {
  @Test
  void theDifferenceOfTheMediansIsHeldAgainstTheTarget() throws JsonProcessingException {
    assertThat(
            tables(
                run("executeWithConstants", "[40.0, 41.0, 900.0]", 24),
                run("executeWrapped", "[80.0, 90.0, 91.0]", 24)))
        .contains("| pid, execute | 41 ns, 24 B | 90 ns, 24 B | +49 ns, +0 B | 50 ns, 0 B | yes |");
  }

  @Test
  void forksOfOneBenchmarkCountAsOne() throws JsonProcessingException {
    assertThat(
            tables(
                run("executeWithConstants", "[40.0], [60.0]", 24),
                run("executeWithConstants", "[50.0]", 24),
                run("executeWrapped", "[101.0]", 24)))
        .contains("| 50 ns, 24 B | 101 ns, 24 B | +51 ns, +0 B | 50 ns, 0 B | no |");
  }

  @Test
  void allocationCountsToo() throws JsonProcessingException {
    assertThat(
            tables(run("executeWithConstants", "[40.0]", 24), run("executeWrapped", "[40.0]", 48)))
        .contains("| +0 ns, +24 B | 50 ns, 0 B | no |");
  }

  @Test
  void theExtensionsShareIsThatOfTheFastestIterations() throws JsonProcessingException {
    assertThat(
            tables(
                read(Agent.NOTHING, "[80.0, 90.0, 95.0]", "[8000, 9000, 9500]"),
                read(Agent.OPENTELEMETRY, "[100.0, 130.0, 190.0]", "[10000, 13000, 19000]"),
                read(Agent.WITH_EXTENSION, "[102.0, 117.0, 120.0]", "[11000, 11700, 12000]")))
        .contains("| OpenTelemetry's agent | 130 ns | 100 ns | 100 ns | 0 B |")
        .contains("| -10.0 % | +2.0 % | +10.0 %, and +50.0 % of what the agent adds | 0 B |")
        .contains("in the fastest iterations: yes.");
  }

  private static String tables(String... runs) throws JsonProcessingException {
    return ResultTables.of(
        Measurements.of(new ObjectMapper().readTree("[" + String.join(",", runs) + "]")));
  }

  private static String run(String method, String nanos, int bytes) {
    return """
        {"benchmark": "dev.spanwise.benchmarks.BackendPidBenchmark.%s",
         "primaryMetric": {"rawData": [%s]},
         "secondaryMetrics": {"gc.alloc.rate.norm": {"rawData": [[%d.0]]}}}"""
        .formatted(method, nanos, bytes);
  }

  private static String read(Agent agent, String nanos, String processorNanos) {
    return """
        {"benchmark": "dev.spanwise.benchmarks.AgentReadBenchmark.read",
         "params": {"agent": "%s"},
         "primaryMetric": {"rawData": [%s]},
         "secondaryMetrics": {
           "gc.alloc.rate.norm": {"rawData": [[0.0]]},
           "processorNanos": {"rawData": [%s]},
           "reads": {"rawData": [[100, 100, 100]]}}}"""
        .formatted(agent, nanos, processorNanos);
  }
}

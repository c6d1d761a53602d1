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
}

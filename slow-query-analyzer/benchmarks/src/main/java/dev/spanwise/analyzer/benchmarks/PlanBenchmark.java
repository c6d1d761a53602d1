package dev.spanwise.analyzer.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanFormatException;
import dev.spanwise.analyzer.plan.PlanReader;
import dev.spanwise.analyzer.rule.Diagnosis;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Diagnoses one plan of 200 nodes by all rules: recorded plans below one Append, and one in which
 * nearly every step is wrong.
 */
final class PlanBenchmark {

  private static final int NODES = 200;
  private static final int WARM_UP_ROUNDS = 3_000;
  private static final int ROUNDS = 2_000;
  private static final double NANOS_PER_MS = 1e6;
  private static final JsonMapper JSON = new JsonMapper();

  private PlanBenchmark() {}

  static String run() throws IOException {
    return run("recorded", plan()) + "\n" + run("misestimated", read(MisestimatedPlan.json(NODES)));
  }

  private static String run(String name, Plan plan) {
    long[] nanos = new long[ROUNDS];
    Diagnosis.OfPlan diagnosis = Diagnosis.of(plan, null);
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      long start = System.nanoTime();
      diagnosis = Diagnosis.of(plan, null);
      long took = System.nanoTime() - start;
      if (round >= 0) {
        nanos[round] = took;
      }
    }
    Arrays.sort(nanos);
    return String.format(
        Locale.ROOT,
        "%s, a plan of %d nodes: %d findings, %d rules without a verdict; fastest %.3f ms, median"
            + " %.3f ms, 99th percentile %.3f ms; load average %.1f",
        name,
        plan.nodes().count(),
        diagnosis.findings().size(),
        diagnosis.inconclusive().size(),
        nanos[0] / NANOS_PER_MS,
        nanos[ROUNDS / 2] / NANOS_PER_MS,
        nanos[ROUNDS - ROUNDS / 100] / NANOS_PER_MS,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** Recorded plans in turn, until another would make more nodes than asked for. */
  private static Plan plan() throws IOException {
    List<JsonNode> recorded = new ArrayList<>();
    for (RecordedEntry entry : RecordedEntry.all()) {
      if (entry.query() != null) {
        recorded.add(JSON.readTree(entry.planText()).path("Plan"));
      }
    }
    ObjectNode output = JSON.createObjectNode();
    ObjectNode append = output.putObject("Plan").put("Node Type", "Append");
    ArrayNode children = append.putArray("Plans");
    int nodes = 1;
    int passedOver = 0;
    for (int i = 0; passedOver < recorded.size(); i++) {
      JsonNode child = recorded.get(i % recorded.size());
      int more = count(child);
      if (nodes + more <= NODES) {
        children.add(child);
        nodes += more;
        passedOver = 0;
      } else {
        passedOver++;
      }
    }
    for (String sum : List.of("Total Cost", "Plan Rows", "Actual Total Time", "Actual Rows")) {
      append.put(sum, sum(children, sum));
    }
    append.put("Startup Cost", 0).put("Plan Width", 8);
    append.put("Actual Startup Time", 0).put("Actual Loops", 1);
    return read(output.toString());
  }

  private static Plan read(String output) throws IOException {
    try {
      return PlanReader.read(output);
    } catch (PlanFormatException e) {
      throw new IOException(e.place() + ": " + e.getMessage(), e);
    }
  }

  private static double sum(ArrayNode children, String field) {
    double sum = 0;
    for (JsonNode child : children) {
      sum += child.path(field).asDouble();
    }
    return sum;
  }

  /** How many nodes stand at {@code node} and below. */
  private static int count(JsonNode node) {
    int count = 1;
    for (JsonNode child : node.path("Plans")) {
      count += count(child);
    }
    return count;
  }
}

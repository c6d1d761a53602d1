package dev.spanwise.analyzer.benchmarks;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.plan.Conditions;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanNode;
import dev.spanwise.analyzer.plan.Position;
import dev.spanwise.analyzer.plan.Target;
import dev.spanwise.analyzer.postgresql.log.ServerLogOptions;
import dev.spanwise.analyzer.postgresql.log.ServerLogReader;
import dev.spanwise.analyzer.rule.Diagnosis;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Diagnoses one plan of 200 nodes, by all rules: recorded plans below one Append. */
final class PlanBenchmark {

  private static final int NODES = 200;
  private static final int WARM_UP_ROUNDS = 3_000;
  private static final int ROUNDS = 2_000;

  private PlanBenchmark() {}

  static String run() throws IOException {
    Plan plan = plan(recorded());
    long[] nanos = new long[ROUNDS];
    int findings = 0;
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      long start = System.nanoTime();
      Diagnosis.OfPlan diagnosis = Diagnosis.of(plan, null);
      long took = System.nanoTime() - start;
      findings = diagnosis.findings().size();
      if (round >= 0) {
        nanos[round] = took;
      }
    }
    if (findings == 0) {
      throw new IllegalStateException("nothing was found");
    }
    Arrays.sort(nanos);
    return String.format(
        Locale.ROOT,
        "a plan of %d nodes, %d findings: median %.3f ms, 99th percentile %.3f ms",
        plan.nodes().count(),
        findings,
        nanos[ROUNDS / 2] / 1e6,
        nanos[ROUNDS - ROUNDS / 100] / 1e6);
  }

  private static List<Plan> recorded() throws IOException {
    List<Plan> plans = new ArrayList<>();
    try (InputStream log = PlanBenchmark.class.getResourceAsStream("log/recorded.log")) {
      if (log == null) {
        throw new IOException("log/recorded.log is missing from the class path");
      }
      ServerLogReader.read(
          log,
          "recorded.log",
          ServerLogOptions.DEFAULTS,
          event -> {
            if (event instanceof ExecutedPlan executed) {
              plans.add(executed.plan());
            }
          },
          rejection -> {
            throw new IllegalStateException("rejected: " + rejection);
          });
    }
    return plans;
  }

  private static Plan plan(List<Plan> recorded) {
    List<PlanNode> children = new ArrayList<>();
    long nodes = 1;
    for (int i = 0; nodes < NODES; i++) {
      PlanNode root = recorded.get(i % recorded.size()).root();
      long more = root.nodes().count();
      if (nodes + more <= NODES || i > 10 * recorded.size()) {
        children.add(root);
        nodes += more;
      }
    }
    PlanNode first = children.get(0);
    PlanNode append =
        new PlanNode(
            "/Plan",
            NodeType.APPEND,
            "Append",
            Position.ROOT,
            Target.NONE,
            Conditions.NONE,
            List.of(),
            List.of(),
            first.estimate(),
            first.actual(),
            first.buffers(),
            Map.of(),
            children);
    return new Plan(append, null, null, null, null, null, null, Map.of(), List.of(), Map.of());
  }
}

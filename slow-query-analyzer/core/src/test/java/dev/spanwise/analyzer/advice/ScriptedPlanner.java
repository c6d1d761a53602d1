package dev.spanwise.analyzer.advice;

import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.rule.Finding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Answers with the costs that it was told, by the candidate's columns. */
final class ScriptedPlanner implements WhatIfPlanner {

  private static final double BEFORE = 1_000;

  private final Map<String, Double> costs = new LinkedHashMap<>();
  private double scale = 1;

  /** The cost of any statement with an index on {@code columns}; without one it is 1,000. */
  ScriptedPlanner with(String columns, double cost) {
    costs.put(columns, cost);
    return this;
  }

  /** Its statement costs without an index what the plan does that was executed, and so on. */
  ScriptedPlanner asExecuted(Finding finding) {
    Plan plan = Objects.requireNonNull(finding.plan());
    scale = Objects.requireNonNull(plan.root().estimate()).totalCost() / BEFORE;
    return this;
  }

  @Override
  public Method method() {
    return Method.EXECUTED;
  }

  @Override
  public WhatIf plan(ExecutedStatement statement, IndexCandidate candidate) throws WhatIfException {
    Double cost = costs.get(String.join(",", candidate.columns()));
    if (cost == null) {
      throw new WhatIfException("no lock could be had");
    }
    return new WhatIf(costing(scale * BEFORE), costing(scale * cost), cost < BEFORE, 4_096);
  }

  private static Plan costing(double cost) {
    return Fixtures.plan(
        "[{\"Plan\": {\"Node Type\": \"Result\", \"Startup Cost\": 0, \"Total Cost\": "
            + cost
            + ", \"Plan Rows\": 1, \"Plan Width\": 1}}]");
  }

  @Override
  public void close() {}
}

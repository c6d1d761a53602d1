package dev.spanwise.analyzer.plan;

import org.jspecify.annotations.Nullable;

public final class PlanTimes {
  private PlanTimes() {}

  public static PlanTimes of(Plan plan) {
    return new PlanTimes();
  }

  public @Nullable Double exclusiveMs(PlanNode node) {
    return null;
  }

  public @Nullable Double inclusiveMs(PlanNode node) {
    return null;
  }

  public double processes(PlanNode node) {
    return 1;
  }
}

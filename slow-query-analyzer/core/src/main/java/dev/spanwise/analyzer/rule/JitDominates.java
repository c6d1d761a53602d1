package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Compiling the expressions of a statement takes much of the time that it runs. */
final class JitDominates implements PlanRule {

  /** Above it a plan's cost says that a kind of node was forbidden, not how long it runs. */
  private static final double FORBIDDING_COST = 1e9;

  /** The server's own jit_above_cost: a plan below it shows that it was lowered. */
  private static final double DEFAULT_COST = 100_000;

  @Override
  public Verdict examine(PlanSubject subject) {
    Plan plan = subject.plan();
    boolean compiles = plan.details().keySet().stream().anyMatch(name -> name.startsWith("JIT."));
    if (!compiles) {
      return new Verdict.Clear();
    }
    if (plan.jitMs() == null) {
      return new Verdict.Inconclusive(
          "time of just-in-time compilation: the plan was not executed, or TIMING was off");
    }
    double ms = plan.jitMs() / processes(plan);
    double share = subject.shareOfMs(ms);
    return share >= Thresholds.COMPILING_SHARE && subject.matters(share)
        ? new Verdict.Found(List.of(cause(plan, ms, share)))
        : new Verdict.Clear();
  }

  /** Processes that compiled side by side: PostgreSQL prints the sum of their times. */
  private static double processes(Plan plan) {
    return 1
        + plan.nodes()
            .flatMap(node -> Stream.ofNullable(node.number("Workers Launched")))
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(0);
  }

  private Cause cause(Plan plan, double ms, double share) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Evidence.ms("time of compilation", ms, "/JIT/Timing/Total"));
    evidence.add(Evidence.share("share of the execution time", share, "/JIT/Timing/Total"));
    if (plan.totalCost() != null) {
      evidence.add(Evidence.count("planner's cost", plan.totalCost(), "1", "/Plan/Total Cost"));
    }
    return new Cause(
        id(),
        null,
        plan.root(),
        Set.of(Cause.COMPILATION),
        "Just-in-time compilation takes %s of the execution time".formatted(Percent.of(share)),
        "The planner's cost was high enough for PostgreSQL to compile the statement's expressions first, which took %s; what it then had to do was too little to win that back."
            .formatted(Wording.ms(ms)),
        evidence,
        share,
        remedy(plan));
  }

  private static Remedy remedy(Plan plan) {
    Double cost = plan.totalCost();
    String unproved = "no plan shows how long compilation takes before it runs";
    if (cost == null || cost >= FORBIDDING_COST) {
      return SessionSetting.step("jit", "off", unproved);
    }
    long bound = (long) Math.max(DEFAULT_COST, roundedUp(2 * cost));
    return SessionSetting.step("jit_above_cost", Long.toString(bound), unproved);
  }

  /** The next number of one digit and zeros. */
  private static double roundedUp(double cost) {
    double unit = Math.pow(10, Math.floor(Math.log10(Math.max(1, cost))));
    return Math.ceil(cost / unit) * unit;
  }
}

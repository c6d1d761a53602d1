package dev.spanwise.analyzer.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a statement's time went. PostgreSQL prints the average of one loop, of the node and all
 * below it, so a node's time is that average times its loops (<a
 * href="https://www.postgresql.org/docs/current/using-explain.html#USING-EXPLAIN-ANALYZE">EXPLAIN
 * ANALYZE</a>). Two things make it an approximation:
 *
 * <ul>
 *   <li>Below a Gather every process counts its loops. They run side by side, so the sum is divided
 *       by the number of processes that ran: the loops of the Gather's child for one loop of the
 *       Gather. A node that one process alone ran is so counted with its share.
 *   <li>An InitPlan or common table expression hangs below one node and runs inside the node that
 *       first asks for it, whose time holds it already. It is taken off the nodes that name it: CTE
 *       scans in proportion to their times, else the first node above whose expressions name the
 *       InitPlan, else its parent.
 * </ul>
 *
 * Immutable.
 */
public final class PlanTimes {

  private static final Pattern CTE = Pattern.compile("CTE (.+)", Pattern.DOTALL);
  private static final Pattern INIT_PLAN =
      Pattern.compile("(InitPlan \\d+)(?: \\(returns (\\$\\d+(?:,\\s*\\$\\d+)*)\\))?");

  private final Map<String, NodeTime> times;
  private final Map<String, Double> processes;

  private PlanTimes(Map<String, NodeTime> times, Map<String, Double> processes) {
    this.times = Map.copyOf(times);
    this.processes = Map.copyOf(processes);
  }

  /** The times of all nodes of {@code plan} that were measured. */
  public static PlanTimes of(Plan plan) {
    Map<String, Double> inclusive = new HashMap<>();
    Map<String, Double> processes = new HashMap<>();
    putProcesses(plan.root(), 1, processes);
    plan.nodes().forEach(node -> putInclusive(node, processes, inclusive));
    Map<String, Double> below = new HashMap<>();
    plan.nodes().forEach(node -> charge(node, plan, inclusive, below));
    Map<String, NodeTime> times = new HashMap<>();
    inclusive.forEach(
        (pointer, total) ->
            times.put(
                pointer,
                new NodeTime(total, Math.max(0, total - below.getOrDefault(pointer, 0.0)))));
    return new PlanTimes(times, processes);
  }

  /** The time of a node of the plan; null where it was not measured, as with TIMING off. */
  public @Nullable NodeTime of(PlanNode node) {
    return times.get(node.pointer());
  }

  /**
   * Processes that ran a node of the plan side by side: those of the Gather above it, which do not
   * run the Gather's own subplans.
   */
  public double processes(PlanNode node) {
    return processes.getOrDefault(node.pointer(), 1.0);
  }

  private static void putProcesses(PlanNode node, double ofNode, Map<String, Double> processes) {
    processes.put(node.pointer(), ofNode);
    boolean gathers = node.type() == NodeType.GATHER || node.type() == NodeType.GATHER_MERGE;
    for (PlanNode child : node.children()) {
      boolean own = child.position().subplanName() != null;
      putProcesses(child, gathers && !own ? processesBelow(node, child) : ofNode, processes);
    }
  }

  private static void putInclusive(
      PlanNode node, Map<String, Double> processes, Map<String, Double> inclusive) {
    Actual actual = node.actual();
    Double loopMs = actual == null ? null : actual.totalMs();
    if (actual != null && loopMs != null) {
      inclusive.put(
          node.pointer(), loopMs * actual.loops() / processes.getOrDefault(node.pointer(), 1.0));
    }
  }

  private static double processesBelow(PlanNode gather, PlanNode child) {
    Actual outside = gather.actual();
    Actual inside = child.actual();
    return outside == null || inside == null || outside.loops() == 0
        ? 1
        : Math.max(1, (double) inside.loops() / outside.loops());
  }

  /** Adds the times of what {@code node} holds to what is below the nodes that ran it. */
  private static void charge(
      PlanNode node, Plan plan, Map<String, Double> inclusive, Map<String, Double> below) {
    for (PlanNode child : node.children()) {
      Double time = inclusive.get(child.pointer());
      if (time == null || time == 0) {
        continue;
      }
      List<PlanNode> callers = callers(node, child, plan);
      double all =
          callers.stream().mapToDouble(c -> inclusive.getOrDefault(c.pointer(), 0.0)).sum();
      for (PlanNode caller : callers) {
        double share =
            all == 0 ? 1.0 / callers.size() : inclusive.getOrDefault(caller.pointer(), 0.0) / all;
        below.merge(caller.pointer(), time * share, Double::sum);
      }
    }
  }

  private static List<PlanNode> callers(PlanNode node, PlanNode child, Plan plan) {
    String name = child.position().subplanName();
    if (name == null) {
      return List.of(node);
    }
    Matcher cte = CTE.matcher(name);
    if (cte.matches()) {
      String expression = cte.group(1);
      List<PlanNode> scans =
          plan.nodes()
              .filter(n -> n.type() == NodeType.CTE_SCAN && expression.equals(n.target().other()))
              .toList();
      return scans.isEmpty() ? List.of(node) : scans;
    }
    Matcher initPlan = INIT_PLAN.matcher(name);
    if (!initPlan.matches()) {
      return List.of(node);
    }
    Pattern reference = reference(initPlan);
    return above(node, child)
        .filter(n -> expressions(n).anyMatch(text -> reference.matcher(text).find()))
        .findFirst()
        .map(List::of)
        .orElse(List.of(node));
  }

  /** {@code (InitPlan 1).col1} since PostgreSQL 17, {@code $0} before. */
  private static Pattern reference(Matcher initPlan) {
    List<String> names = new ArrayList<>();
    names.add("\\b" + initPlan.group(1) + "\\b");
    String parameters = initPlan.group(2);
    if (parameters != null) {
      for (String parameter : parameters.split(",\\s*", -1)) {
        names.add(Pattern.quote(parameter) + "(?!\\d)");
      }
    }
    return Pattern.compile(String.join("|", names));
  }

  /** The node that holds {@code initPlan} and all below it but {@code initPlan} itself. */
  private static Stream<PlanNode> above(PlanNode node, PlanNode initPlan) {
    return Stream.concat(
        Stream.of(node),
        node.children().stream()
            .filter(child -> !child.pointer().equals(initPlan.pointer()))
            .flatMap(PlanNode::nodes));
  }

  private static Stream<String> expressions(PlanNode node) {
    Conditions conditions = node.conditions();
    Stream<String> ofConditions =
        Stream.of(
                Optional.ofNullable(conditions.filter()),
                Optional.ofNullable(conditions.indexCondition()),
                Optional.ofNullable(conditions.recheckCondition()),
                Optional.ofNullable(conditions.joinFilter()),
                Optional.ofNullable(conditions.hashCondition()),
                Optional.ofNullable(conditions.mergeCondition()),
                Optional.ofNullable(conditions.oneTimeFilter()),
                Optional.ofNullable(conditions.orderBy()))
            .flatMap(Optional::stream);
    return Stream.of(
            ofConditions,
            node.details().values().stream(),
            node.sortKey().stream(),
            node.output().stream())
        .flatMap(texts -> texts);
  }
}

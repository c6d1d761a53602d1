package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Actual;
import dev.spanwise.analyzer.plan.NodeTime;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanNode;
import dev.spanwise.analyzer.plan.PlanTimes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A plan under examination, with what surrounds it. */
final class PlanSubject {

  private final Plan plan;
  private final @Nullable Catalogue catalogue;
  private final PlanTimes times;
  private final Map<String, PlanNode> parents = new HashMap<>();

  /**
   * @param catalogue the database's catalogue; null where no database was named
   */
  PlanSubject(Plan plan, @Nullable Catalogue catalogue) {
    this.plan = plan;
    this.catalogue = catalogue;
    this.times = PlanTimes.of(plan);
    plan.nodes()
        .forEach(node -> node.children().forEach(child -> parents.put(child.pointer(), node)));
  }

  Plan plan() {
    return plan;
  }

  @Nullable Catalogue catalogue() {
    return catalogue;
  }

  Stream<PlanNode> nodes(NodeType... types) {
    List<NodeType> wanted = List.of(types);
    return plan.nodes().filter(node -> wanted.contains(node.type()));
  }

  @Nullable PlanNode parent(PlanNode node) {
    return parents.get(node.pointer());
  }

  /** The nodes above, the nearest first. */
  List<PlanNode> ancestors(PlanNode node) {
    List<PlanNode> ancestors = new ArrayList<>();
    for (PlanNode above = parent(node); above != null; above = parent(above)) {
      ancestors.add(above);
    }
    return ancestors;
  }

  /** Whether {@code node} was executed and measured. */
  static boolean ran(PlanNode node) {
    Actual actual = node.actual();
    return actual != null && actual.loops() > 0;
  }

  /** Rows that a node returned over all loops and processes; zero where it was not measured. */
  static double rows(PlanNode node) {
    Actual actual = node.actual();
    return actual == null ? 0 : actual.totalRows();
  }

  /** Starts of a node, the processes of a parallel plan counted once. */
  double repetitions(PlanNode node) {
    Actual actual = node.actual();
    return actual == null ? 0 : actual.loops() / processes(node);
  }

  /** Processes that ran a node side by side: those of the Gather above it. */
  private double processes(PlanNode node) {
    PlanNode below = node;
    for (PlanNode above : ancestors(node)) {
      boolean gathers = above.type() == NodeType.GATHER || above.type() == NodeType.GATHER_MERGE;
      Actual outside = above.actual();
      Actual inside = below.actual();
      if (gathers && outside != null && inside != null && outside.loops() > 0) {
        return Math.max(1, (double) inside.loops() / outside.loops());
      }
      below = above;
    }
    return 1;
  }

  /**
   * Share of the execution time that a node takes by itself, its children left out; by the
   * planner's costs where times were not measured.
   */
  double ownShare(PlanNode node) {
    NodeTime time = times.of(node);
    double childrenCost = node.children().stream().mapToDouble(PlanSubject::cost).sum();
    return share(time == null ? null : time.exclusiveMs(), cost(node) - childrenCost);
  }

  /** Share of the execution time that a node takes with all below it. */
  double share(PlanNode node) {
    NodeTime time = times.of(node);
    return share(time == null ? null : time.inclusiveMs(), cost(node));
  }

  private double share(@Nullable Double ms, double cost) {
    if (ms == null) {
      return ratio(cost, cost(plan.root()));
    }
    NodeTime root = times.of(plan.root());
    double rootMs = root == null ? 0 : root.inclusiveMs();
    return ratio(ms, plan.executionMs() == null ? rootMs : plan.executionMs());
  }

  private static double cost(PlanNode node) {
    return node.estimate() == null ? 0 : node.estimate().totalCost();
  }

  private static double ratio(double part, double whole) {
    return whole <= 0 ? 0 : Math.max(0, Math.min(1, part / whole));
  }

  /** Share of the execution time that the nodes at {@code pointers} take by themselves. */
  double ownShareOf(Set<String> pointers) {
    return Math.min(
        1,
        plan.nodes()
            .filter(node -> pointers.contains(node.pointer()))
            .mapToDouble(this::ownShare)
            .sum());
  }

  /** The pointers of a node and of all below it. */
  static Set<String> pointers(PlanNode node) {
    return node.nodes().map(PlanNode::pointer).collect(Collectors.toUnmodifiableSet());
  }

  /** What a scan reads. */
  static @Nullable RelationName relationName(PlanNode scan) {
    String name = scan.target().relation();
    return name == null ? null : new RelationName(scan.target().schema(), name);
  }

  /** The catalogue's entry for what a scan reads; empty without a catalogue. */
  Optional<Relation> relation(PlanNode scan) {
    RelationName name = relationName(scan);
    return name == null || catalogue == null ? Optional.empty() : catalogue.relation(name);
  }

  /**
   * The nodes whose rows a node takes in; subplans, which hang below it too, are not among them.
   */
  static List<PlanNode> inputs(PlanNode node) {
    return node.children().stream()
        .filter(child -> child.position().subplanName() == null)
        .toList();
  }

  /**
   * The nearest node below (or the node itself) that satisfies {@code wanted}, while {@code
   * through} lets pass; subplans are left aside.
   */
  static Optional<PlanNode> below(
      PlanNode node, Predicate<PlanNode> wanted, Predicate<PlanNode> through) {
    if (wanted.test(node)) {
      return Optional.of(node);
    }
    return through.test(node)
        ? inputs(node).stream().flatMap(child -> below(child, wanted, through).stream()).findFirst()
        : Optional.empty();
  }
}

package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.condition.Condition;
import dev.spanwise.analyzer.condition.ConditionReader;
import dev.spanwise.analyzer.plan.Actual;
import dev.spanwise.analyzer.plan.NodeTime;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanNode;
import dev.spanwise.analyzer.plan.PlanTimes;
import dev.spanwise.analyzer.plan.Trigger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A plan under examination, with what surrounds it. Not thread-safe. */
final class PlanSubject {

  /** Nodes that read all their input whatever the LIMIT above them. */
  private static final Set<NodeType> READS_ALL =
      Set.of(NodeType.SORT, NodeType.AGGREGATE, NodeType.HASH, NodeType.MATERIALIZE);

  private final Plan plan;
  private final @Nullable Catalogue catalogue;
  private final PlanTimes times;
  private final Map<String, PlanNode> byPointer = new LinkedHashMap<>();
  private final Map<String, PlanNode> parents = new HashMap<>();
  private final Map<String, Condition> conditions = new HashMap<>();
  private final double triggersMs;
  private @Nullable List<FilteredScan> filteredScans;
  private @Nullable List<PartitionScans> partitionScans;
  private @Nullable Misestimates misestimates;

  /**
   * @param catalogue the database's catalogue; null where no database was named
   */
  PlanSubject(Plan plan, @Nullable Catalogue catalogue) {
    this.plan = plan;
    this.catalogue = catalogue;
    this.times = PlanTimes.of(plan);
    this.triggersMs = plan.triggers().stream().mapToDouble(Trigger::spentMs).sum();
    put(plan.root());
  }

  private void put(PlanNode node) {
    byPointer.put(node.pointer(), node);
    for (PlanNode child : node.children()) {
      parents.put(child.pointer(), node);
      put(child);
    }
  }

  Plan plan() {
    return plan;
  }

  @Nullable Catalogue catalogue() {
    return catalogue;
  }

  /** A condition of the plan, taken apart once for all rules. */
  Condition condition(String printed) {
    return conditions.computeIfAbsent(printed, ConditionReader::read);
  }

  /** The scans whose filters are worth taking apart: several rules look at them. */
  List<FilteredScan> filteredScans() {
    if (filteredScans == null) {
      filteredScans = FilteredScan.of(this);
    }
    return filteredScans;
  }

  /** The partitioned tables of which several partitions are read side by side. */
  List<PartitionScans> partitionScans() {
    if (partitionScans == null) {
      partitionScans = PartitionScans.of(this).toList();
    }
    return partitionScans;
  }

  /** The wrong estimates that cost time. */
  Misestimates misestimates() {
    if (misestimates == null) {
      misestimates = Misestimates.of(this);
    }
    return misestimates;
  }

  /** All nodes, parents first. */
  Stream<PlanNode> nodes() {
    return byPointer.values().stream();
  }

  Stream<PlanNode> nodes(NodeType... types) {
    List<NodeType> wanted = List.of(types);
    return nodes().filter(node -> wanted.contains(node.type()));
  }

  @Nullable PlanNode parent(PlanNode node) {
    return parents.get(node.pointer());
  }

  /**
   * Whether something above stops asking before the node has given all its rows: then fewer than
   * expected mean nothing.
   */
  boolean mayStopEarly(PlanNode node) {
    for (PlanNode above : ancestors(node)) {
      if (READS_ALL.contains(above.type())) {
        return false;
      }
      boolean stops =
          above.type() == NodeType.LIMIT
              || above.type() == NodeType.MERGE_JOIN
              || List.of("Semi", "Anti").contains(above.details().getOrDefault("Join Type", ""));
      if (stops) {
        return true;
      }
    }
    return false;
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
    if (actual == null || actual.loops() == 0) {
      return 0;
    }
    // Of a Parallel Append not every process runs every child.
    return Math.max(1, actual.loops() / processes(node));
  }

  /** Processes that ran a node side by side. */
  double processes(PlanNode node) {
    return times.processes(node);
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

  /** Whether shares of the execution time can be told, by times or by the planner's costs. */
  boolean knowsShares() {
    return times.of(plan.root()) != null || plan.root().estimate() != null;
  }

  /**
   * Whether a cause that takes this share of the execution time explains a slow statement, and
   * costs enough for anybody to care. Where no time was measured, the share alone says so.
   */
  boolean matters(double share) {
    Double ms = executionMs();
    return share >= Thresholds.EXPLAINS_SHARE && (ms == null || share * ms >= Thresholds.LOST_MS);
  }

  /**
   * The execution time; where the plan does not print it, as in auto_explain's output, that of the
   * topmost node and of the triggers. Null where no time was measured.
   */
  @Nullable Double executionMs() {
    if (plan.executionMs() != null) {
      return plan.executionMs();
    }
    NodeTime root = times.of(plan.root());
    return root == null ? null : root.inclusiveMs() + triggersMs();
  }

  /** Time in triggers, foreign keys included. */
  double triggersMs() {
    return triggersMs;
  }

  /** The share of the execution time that these milliseconds are; zero where it is not known. */
  double shareOfMs(double ms) {
    Double whole = executionMs();
    return whole == null ? 0 : ratio(ms, whole);
  }

  /** Time that a node takes by itself, its children left out; null where it was not measured. */
  @Nullable Double ownMs(PlanNode node) {
    NodeTime time = times.of(node);
    return time == null ? null : time.exclusiveMs();
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
    return shareOfMs(ms);
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
        pointers.stream()
            .flatMap(pointer -> Stream.ofNullable(byPointer.get(pointer)))
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

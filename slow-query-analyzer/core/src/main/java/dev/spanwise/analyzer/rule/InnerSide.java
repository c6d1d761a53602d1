package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Activity;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.condition.Condition;
import dev.spanwise.analyzer.condition.Operand;
import dev.spanwise.analyzer.plan.Conditions;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The inner side of a nested loop, which runs again for each outer row, and what reading it once
 * for a hash join would take instead.
 */
final class InnerSide {

  private static final Set<NodeType> BY_INDEX =
      Set.of(NodeType.INDEX_SCAN, NodeType.INDEX_ONLY_SCAN, NodeType.BITMAP_HEAP_SCAN);

  /** Nodes that give other rows for each outer row, where they depend on it. */
  private static final Set<NodeType> COMPUTES =
      Set.of(
          NodeType.LIMIT,
          NodeType.AGGREGATE,
          NodeType.GROUP,
          NodeType.WINDOW_AGG,
          NodeType.UNIQUE,
          NodeType.SET_OP,
          NodeType.FUNCTION_SCAN);

  private final PlanSubject subject;
  private final PlanNode join;
  private final PlanNode inner;
  private final Set<String> aliases = new HashSet<>();

  InnerSide(PlanSubject subject, PlanNode join, PlanNode inner) {
    this.subject = subject;
    this.join = join;
    this.inner = inner;
    inner.nodes().flatMap(node -> Stream.ofNullable(node.target().alias())).forEach(aliases::add);
  }

  /** Whether a hash join could do the same: rows join by equality, and the side stands alone. */
  boolean couldBeHashed() {
    boolean equality =
        Stream.concat(Stream.of(join), inner.nodes())
            .flatMap(this::conditions)
            .flatMap(condition -> condition.conjuncts().stream())
            .anyMatch(this::equalsOuter);
    boolean computes = inner.nodes().anyMatch(node -> COMPUTES.contains(node.type()));
    return equality && !(computes && inner.nodes().anyMatch(this::dependsOnOuter));
  }

  /** Milliseconds that reading this side once takes; null where the size of a table is missing. */
  @Nullable Double onceMs() {
    double once = 0;
    for (PlanNode leaf : inner.nodes().filter(InnerSide::isLeaf).toList()) {
      Double ms =
          BY_INDEX.contains(leaf.type()) && dependsOnOuter(leaf)
              ? wholeTableMs(subject, leaf)
              : perStartMs(leaf);
      if (ms == null) {
        return null;
      }
      once += ms;
    }
    return once;
  }

  /** Milliseconds to read a table from end to end at least; null where its size is not known. */
  static @Nullable Double wholeTableMs(PlanSubject subject, PlanNode scan) {
    Relation relation = subject.relation(scan).orElse(null);
    if (relation == null || relation.estimatedRows() == null) {
      return null;
    }
    Activity activity = relation.activity();
    // What reltuples says is as old as the last ANALYZE.
    double rows =
        Math.max(relation.estimatedRows(), activity == null ? 0 : (double) activity.liveRows());
    return rows / Thresholds.SCANNED_ROWS_PER_MS
        + (1 - shareInMemory(scan, relation)) * relation.bytes() / Thresholds.SCANNED_BYTES_PER_MS;
  }

  /** What share of a table is surely in memory, as far as what a scan touched of it tells. */
  private static double shareInMemory(PlanNode scan, Relation relation) {
    double touched = OwnBlocks.touched(scan);
    double found = touched - OwnBlocks.read(scan);
    double seen = Math.min(1, touched * OwnBlocks.BYTES / Math.max(1, relation.bytes()));
    return touched == 0 ? 0 : seen * found / touched;
  }

  private @Nullable Double perStartMs(PlanNode leaf) {
    Double ms = subject.ownMs(leaf);
    return ms == null ? null : ms / Math.max(1, subject.repetitions(leaf));
  }

  private static boolean isLeaf(PlanNode node) {
    return node.type() == NodeType.BITMAP_HEAP_SCAN
        || (node.type() != NodeType.BITMAP_INDEX_SCAN && PlanSubject.inputs(node).isEmpty());
  }

  private boolean equalsOuter(Condition condition) {
    return condition instanceof Condition.Comparison comparison
        && comparison.operator().equals("=")
        && ((isInner(comparison.left()) && isOuter(comparison.right()))
            || (isOuter(comparison.left()) && isInner(comparison.right())));
  }

  private boolean isInner(Operand operand) {
    return !operand.columns().isEmpty() && operand.columns().stream().noneMatch(this::isOuter);
  }

  private boolean isOuter(Operand operand) {
    return !operand.columns().isEmpty() && operand.columns().stream().allMatch(this::isOuter);
  }

  private boolean isOuter(Operand.Column column) {
    return column.qualifier() != null && !aliases.contains(column.qualifier());
  }

  private boolean dependsOnOuter(PlanNode node) {
    return conditions(node)
        .flatMap(condition -> condition.columns().stream())
        .anyMatch(this::isOuter);
  }

  private Stream<Condition> conditions(PlanNode node) {
    Conditions printed = node.conditions();
    return Stream.of(
            printed.filter(),
            printed.indexCondition(),
            printed.recheckCondition(),
            printed.joinFilter(),
            printed.hashCondition(),
            printed.mergeCondition())
        .filter(Objects::nonNull)
        .map(subject::condition);
  }

  List<String> tablesOfUnknownSize() {
    return inner
        .nodes()
        .filter(node -> BY_INDEX.contains(node.type()) && dependsOnOuter(node))
        .filter(node -> wholeTableMs(subject, node) == null)
        .map(node -> String.valueOf(PlanSubject.relationName(node)))
        .distinct()
        .toList();
  }
}

package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.condition.Condition;
import dev.spanwise.analyzer.condition.ConditionReader;
import dev.spanwise.analyzer.condition.Operand;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A scan of a whole table, whose rows are an input of a hash join.
 *
 * @param scan the scan
 * @param join the join
 * @param first whether it is the join's first input, not the one that is hashed
 * @param other the join's other input
 */
record JoinedScan(TableScan scan, PlanNode join, boolean first, PlanNode other) {

  /** Joins that need no row of their first input, or of their second, that has no partner. */
  private static final Set<String> FIRST_MAY_GO =
      Set.of("Inner", "Semi", "Right", "Right Semi", "Right Anti");

  private static final Set<String> SECOND_MAY_GO =
      Set.of("Inner", "Semi", "Left", "Anti", "Right Semi");

  /** The scans of a plan that a hash join takes in at once. */
  static List<JoinedScan> of(PlanSubject subject) {
    return TableScan.of(subject, NodeType.SEQ_SCAN).stream()
        .flatMap(scan -> of(subject, scan).stream())
        .toList();
  }

  private static Optional<JoinedScan> of(PlanSubject subject, TableScan scan) {
    PlanNode input =
        scan.nodes().size() == 1
            ? scan.first()
            : Objects.requireNonNull(subject.parent(scan.first()));
    PlanNode above = subject.parent(input);
    if (above != null && above.type() == NodeType.HASH) {
      input = above;
      above = subject.parent(input);
    }
    if (above == null || above.type() != NodeType.HASH_JOIN) {
      return Optional.empty();
    }
    List<PlanNode> sides = PlanSubject.inputs(above);
    if (sides.size() != 2) {
      return Optional.empty();
    }
    boolean first = sides.get(0).pointer().equals(input.pointer());
    return Optional.of(new JoinedScan(scan, above, first, sides.get(first ? 1 : 0)));
  }

  /**
   * Whether nearly all rows were read in vain: an index on the joined columns leads to the few that
   * have a partner, once for each row of the other side.
   */
  boolean isWasteful() {
    double read = read();
    return scan.ran()
        && mayGo()
        && read >= Thresholds.DISCARDED_ROWS
        && read - PlanSubject.rows(other) - joined() >= Thresholds.DISCARDED_SHARE * read
        && share() >= Thresholds.EXPLAINS_SHARE;
  }

  private boolean mayGo() {
    String type = join.details().getOrDefault("Join Type", "Inner");
    return (first ? FIRST_MAY_GO : SECOND_MAY_GO).contains(type);
  }

  double read() {
    return Discards.of(scan).read();
  }

  /** Rows that the join returned. */
  double joined() {
    return PlanSubject.rows(join);
  }

  /** The table's own columns that the join compares with the other side's. */
  List<String> columns() {
    return operands()
        .flatMap(
            operand ->
                operand instanceof Operand.Column column && isOwn(column)
                    ? Stream.of(column.name())
                    : Stream.empty())
        .toList();
  }

  /** The table's own columns that the join compares after a conversion. */
  List<Operand.Cast> casts() {
    return operands()
        .flatMap(
            operand ->
                operand instanceof Operand.Cast cast && isOwn(cast.column())
                    ? Stream.of(cast)
                    : Stream.empty())
        .toList();
  }

  private Stream<Operand> operands() {
    String condition = join.conditions().hashCondition();
    return condition == null
        ? Stream.empty()
        : ConditionReader.read(condition).conjuncts().stream()
            .flatMap(
                conjunct ->
                    conjunct instanceof Condition.Comparison comparison
                        ? Stream.of(comparison.left(), comparison.right())
                        : Stream.empty());
  }

  private boolean isOwn(Operand.Column column) {
    return Objects.equals(column.qualifier(), scan.first().target().alias());
  }

  List<Evidence> evidence() {
    return List.of(
        Evidence.rows("rows read", read(), scan.first().pointer() + "/Actual Rows"),
        Evidence.rows("rows joined", joined(), join.pointer() + "/Actual Rows"),
        Evidence.rows(
            "rows of the other side", PlanSubject.rows(other), other.pointer() + "/Actual Rows"),
        Evidence.share(
            "share of the execution time", share(), join.pointer() + "/Actual Total Time"));
  }

  /** What reading the table and looking for a partner of each row takes. */
  Set<String> explains() {
    Set<String> explains = new HashSet<>(scan.pointers());
    explains.add(join.pointer());
    PlanSubject.inputs(join).stream()
        .filter(input -> input.type() == NodeType.HASH)
        .map(PlanNode::pointer)
        .forEach(explains::add);
    return explains;
  }

  double share() {
    return scan.subject().ownShareOf(explains());
  }
}

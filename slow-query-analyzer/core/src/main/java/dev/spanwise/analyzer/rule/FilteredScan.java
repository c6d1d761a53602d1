package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.IndexCoverage;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.condition.Condition;
import dev.spanwise.analyzer.condition.Operand;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A scan of a table with a filter, taken apart.
 *
 * @param scan of several partitions, whose filters are the same
 * @param conjuncts the conditions that all have to hold for a row to pass its filter
 * @param relation what the catalogue says of the table; null where it is not known
 */
record FilteredScan(TableScan scan, List<Condition> conjuncts, @Nullable Relation relation) {

  private static final NodeType[] SCANS = {
    NodeType.SEQ_SCAN, NodeType.INDEX_SCAN, NodeType.INDEX_ONLY_SCAN, NodeType.BITMAP_HEAP_SCAN
  };

  private static final Set<String> ORDER_OPERATORS = Set.of("=", "= ANY", "<", "<=", ">", ">=");

  /** The operators that have a turned form: the same, with their sides exchanged. */
  private static final Map<String, String> TURNED =
      Map.of("=", "=", "<", ">", "<=", ">=", ">", "<", ">=", "<=");

  FilteredScan {
    conjuncts = List.copyOf(conjuncts);
  }

  /**
   * A comparison of something computed from the scan's columns with what is known before the scan.
   *
   * @param operand the side with the columns
   * @param operator as printed; where the columns stood on its right, turned round
   * @param other the side that is known
   */
  record Comparison(Operand operand, String operator, Operand other) {

    /** Whether a b-tree could look it up, were its operand the index's key. */
    boolean isOrdered() {
      return ORDER_OPERATORS.contains(operator);
    }
  }

  /**
   * The scans whose filters are worth taking apart: of an executed plan those that throw most rows
   * away, in time that explains a slow statement; of another plan all.
   */
  static List<FilteredScan> of(PlanSubject subject) {
    boolean analyzed = subject.plan().analyzed();
    return TableScan.of(subject, SCANS).stream()
        .filter(scan -> !analyzed || isWasteful(scan))
        .flatMap(scan -> of(scan).stream())
        .toList();
  }

  private static boolean isWasteful(TableScan scan) {
    return scan.ran()
        && Discards.of(scan).areMost()
        && timeShare(scan) >= Thresholds.EXPLAINS_SHARE;
  }

  /** A scan taken apart; empty where it has no filter. */
  static Optional<FilteredScan> of(TableScan scan) {
    PlanNode first = scan.first();
    return Optional.ofNullable(first.conditions().filter())
        .map(
            filter ->
                new FilteredScan(
                    scan,
                    scan.subject().condition(filter).conjuncts(),
                    scan.subject().relation(first).orElse(null)));
  }

  PlanNode node() {
    return scan.first();
  }

  /** The table's name, with its schema where the plan or the catalogue has it. */
  @Nullable RelationName name() {
    return scan.name();
  }

  /**
   * Share of the execution time that finding the rows takes: with the indexes below a bitmap, and
   * without what a subplan of a plain scan takes.
   */
  double timeShare() {
    return timeShare(scan);
  }

  private static double timeShare(TableScan scan) {
    return isPlain(scan) ? scan.ownShare() : scan.share();
  }

  private static boolean isPlain(TableScan scan) {
    return scan.first().type() == NodeType.SEQ_SCAN;
  }

  Set<String> explains() {
    return isPlain(scan) ? scan.pointers() : scan.pointersWithBelow();
  }

  /**
   * The cause that a rule makes of the rows that it throws away.
   *
   * @param more facts beside those rows and its time
   */
  Cause cause(String rule, String title, String explanation, List<Evidence> more, Remedy remedy) {
    List<Evidence> evidence = new ArrayList<>(Discards.of(scan).evidence(timeShare()));
    evidence.addAll(more);
    return new Cause(
        rule, name(), node(), explains(), title, explanation, evidence, timeShare(), remedy);
  }

  /** Whether an index that is known to exist begins with a column. */
  boolean hasIndexOn(String column) {
    return indexOn(relation, Set.of(column)).isPresent();
  }

  /**
   * A full b-tree that begins with these columns; empty where none is known.
   *
   * @param relation their table; null where the catalogue does not know it
   */
  static Optional<Index> indexOn(@Nullable Relation relation, Set<String> columns) {
    return relation == null
        ? Optional.empty()
        : relation.indexes().stream()
            .filter(index -> IndexCoverage.covers(index, columns, List.of()))
            .findFirst();
  }

  /** The columns that its index is asked for one value of: another index begins with them, too. */
  List<String> lookedUp() {
    String condition =
        node().type() == NodeType.BITMAP_HEAP_SCAN
            ? node().conditions().recheckCondition()
            : node().conditions().indexCondition();
    return condition == null
        ? List.of()
        : scan.subject().condition(condition).conjuncts().stream()
            .flatMap(conjunct -> Stream.ofNullable(comparison(conjunct)))
            .filter(comparison -> comparison.operator().equals("="))
            .filter(comparison -> HiddenComparisons.isBare(comparison.operand(), this))
            .flatMap(comparison -> ExpressionIndex.columns(comparison.operand()).stream())
            .distinct()
            .toList();
  }

  /** The comparisons among the conjuncts. */
  Stream<Comparison> comparisons() {
    return conjuncts.stream().flatMap(conjunct -> Stream.ofNullable(comparison(conjunct)));
  }

  /** A condition as a comparison with the scan's columns on its left; null where it is none. */
  @Nullable Comparison comparison(Condition condition) {
    if (!(condition instanceof Condition.Comparison comparison)) {
      return null;
    }
    Operand left = comparison.left();
    Operand right = comparison.right();
    if (isComputedFromOwnColumns(left) && isKnownBefore(right)) {
      return new Comparison(left, comparison.operator(), right);
    }
    String turned = TURNED.get(comparison.operator());
    return turned != null && isComputedFromOwnColumns(right) && isKnownBefore(left)
        ? new Comparison(right, turned, left)
        : null;
  }

  private boolean isComputedFromOwnColumns(Operand operand) {
    return !operand.columns().isEmpty()
        && operand.columns().stream().allMatch(this::isOwn)
        && !ofSubplan(operand);
  }

  private boolean isKnownBefore(Operand operand) {
    return operand.columns().stream().noneMatch(this::isOwn) && !ofSubplan(operand);
  }

  private static boolean ofSubplan(Operand operand) {
    return operand instanceof Operand.Expression expression && expression.ofSubplan();
  }

  boolean isOwn(Operand.Column column) {
    return column.qualifier() == null || column.qualifier().equals(node().target().alias());
  }
}

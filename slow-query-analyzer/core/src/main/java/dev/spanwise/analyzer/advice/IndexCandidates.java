package dev.spanwise.analyzer.advice;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.IndexCoverage;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.condition.Operand;
import dev.spanwise.analyzer.condition.SortKey;
import dev.spanwise.analyzer.plan.Actual;
import dev.spanwise.analyzer.plan.ExpressionMask;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanNode;
import dev.spanwise.analyzer.rule.SortedRelation;
import dev.spanwise.analyzer.rule.Thresholds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Derives b-tree candidates from the plan that was slow: equality columns first, then what the
 * order or a range asks for, as in "Use The Index, Luke", chapter "The Where Clause". What an
 * existing index serves already is left out.
 */
final class IndexCandidates {

  /** Key columns: more make an index that is large to keep and rarely fits a second statement. */
  private static final int KEYS = 4;

  /** What may stand between a join and the scan that is its side. */
  private static final Set<NodeType> BELOW_JOIN =
      Set.of(NodeType.MATERIALIZE, NodeType.MEMOIZE, NodeType.HASH, NodeType.APPEND);

  private final Plan plan;
  private final @Nullable Catalogue catalogue;

  IndexCandidates(Plan plan, @Nullable Catalogue catalogue) {
    this.plan = plan;
    this.catalogue = catalogue;
  }

  /**
   * What came of looking for candidates.
   *
   * @param candidates indexes worth planning with, the most promising first
   * @param served name of an existing index that would serve already; null where there is none
   */
  record Result(List<IndexCandidate> candidates, @Nullable String served) {

    Result and(Result other) {
      return new Result(
          Stream.concat(candidates.stream(), other.candidates.stream()).distinct().toList(),
          served == null ? other.served : served);
    }
  }

  /**
   * Candidates against a cause.
   *
   * @param node the node that shows the cause: a scan, or a sort
   */
  Result of(PlanNode node) {
    Optional<PlanNode> scan =
        node.target().relation() == null ? SortedRelation.of(node, catalogue) : Optional.of(node);
    boolean sorts = node.type() == NodeType.SORT;
    Result own = scan.map(target -> ofScan(target, sorts)).orElse(new Result(List.of(), null));
    return scan.flatMap(this::otherSide).map(other -> own.and(ofScan(other, false))).orElse(own);
  }

  /**
   * The scan on the outer side of a nested loop with a condition of its own, whose inner side a
   * scan is: with an index there the sides may change places.
   */
  private Optional<PlanNode> otherSide(PlanNode scan) {
    return ancestors(scan).stream()
        .filter(above -> !BELOW_JOIN.contains(above.type()))
        .findFirst()
        .filter(above -> above.type() == NodeType.NESTED_LOOP)
        .filter(join -> join.conditions().joinFilter() != null)
        .map(join -> join.children().get(0))
        .filter(
            outer -> outer.target().relation() != null && !outer.pointer().equals(scan.pointer()));
  }

  private Result ofScan(PlanNode scan, boolean sorts) {
    String name = scan.target().relation();
    if (name == null) {
      return new Result(List.of(), null);
    }
    RelationName planned = new RelationName(scan.target().schema(), name);
    Relation scanned = catalogue == null ? null : catalogue.relation(planned).orElse(null);
    Relation relation = scanned == null ? null : table(scanned);
    if (relation == null ? catalogue != null : relation.kind() == Relation.Kind.FOREIGN_TABLE) {
      return new Result(List.of(), null);
    }
    RelationName relationName =
        relation == null ? planned : new RelationName(relation.schema(), relation.name());
    ScanPredicates predicates = ScanPredicates.of(scan, joinFilters(scan), relation);
    List<IndexCandidate.Key> order = order(scan, predicates.equal(), scanned);

    Map<List<IndexCandidate.Key>, IndexCandidate> wanted = new LinkedHashMap<>();
    String served = null;
    Set<String> read =
        scan.nodes()
            .flatMap(node -> Stream.ofNullable(node.target().index()))
            .collect(Collectors.toSet());
    for (Shape shape : shapes(predicates, order, sorts, relation)) {
      String existing = servedBy(shape, relation);
      if (existing != null) {
        // That the index which was read would serve does not say why it is slow.
        served = served == null && !read.contains(existing) ? existing : served;
      } else if (!shape.keys().isEmpty()) {
        wanted.putIfAbsent(shape.keys(), new IndexCandidate(relationName, "btree", shape.keys()));
      }
    }
    return new Result(List.copyOf(wanted.values()), served);
  }

  /** The relation to index: of a partition, the table that it is a part of. */
  private Relation table(Relation scanned) {
    return catalogue == null ? scanned : catalogue.partitionedBy(scanned).orElse(scanned);
  }

  /**
   * Equality columns and what follows them.
   *
   * @param equal equality columns, most selective first
   * @param next range or order
   */
  private record Shape(List<String> equal, List<IndexCandidate.Key> next) {

    /**
     * Of a condition with many columns the most selective stay, so that range or order has room.
     */
    Shape {
      next = next.subList(0, Math.min(KEYS, next.size()));
      equal = equal.subList(0, Math.min(KEYS - next.size(), equal.size()));
    }

    List<IndexCandidate.Key> keys() {
      return Stream.concat(equal.stream().map(IndexCandidates::ascending), next.stream()).toList();
    }
  }

  private List<Shape> shapes(
      ScanPredicates predicates,
      List<IndexCandidate.Key> order,
      boolean sorts,
      @Nullable Relation relation) {
    List<String> equal = bySelectivity(predicates.equal(), relation);
    List<String> equalOrAny =
        bySelectivity(union(predicates.equal(), predicates.anyOf()), relation);
    List<String> ranges = bySelectivity(predicates.range(), relation);
    List<Shape> shapes = new ArrayList<>();
    if (!order.isEmpty()) {
      shapes.add(new Shape(equal, order));
      // Where the sort is what costs, the filter may let most rows pass: the order alone may do.
      if (sorts && !equal.isEmpty()) {
        shapes.add(new Shape(List.of(), order));
      }
    }
    for (String range : ranges) {
      shapes.add(new Shape(equalOrAny, List.of(ascending(range))));
    }
    if (!equalOrAny.isEmpty()) {
      shapes.add(new Shape(equalOrAny, List.of()));
    }
    return shapes;
  }

  /**
   * What a sort above the scan asks for; without one, what the ordered scan of an index below LIMIT
   * gives.
   */
  private List<IndexCandidate.Key> order(
      PlanNode scan, Set<String> equal, @Nullable Relation relation) {
    for (PlanNode above : ancestors(scan)) {
      if (above.type() == NodeType.SORT) {
        boolean own = SortedRelation.of(above, catalogue).filter(scan::equals).isPresent();
        return own ? needed(keys(above, equal)) : List.of();
      }
      if (above.type() == NodeType.LIMIT && scan.target().index() != null && relation != null) {
        return indexOrder(scan, equal, relation);
      }
    }
    return List.of();
  }

  private static List<IndexCandidate.Key> keys(PlanNode sort, Set<String> equal) {
    List<IndexCandidate.Key> keys = new ArrayList<>();
    for (String printed : sort.sortKey()) {
      SortKey key = SortKey.read(printed);
      // What is computed from columns of one value each does not order anything.
      if (!equal.containsAll(names(key.operand()))) {
        keys.add(
            new IndexCandidate.Key(
                key.column(), expression(key.operand()), key.descending(), key.nullsFirst()));
      }
    }
    return keys;
  }

  private static List<String> names(Operand operand) {
    return operand.columns().stream().map(Operand.Column::name).toList();
  }

  private static @Nullable String expression(Operand operand) {
    return operand instanceof Operand.Expression expression ? expression.text() : null;
  }

  private static List<IndexCandidate.Key> indexOrder(
      PlanNode scan, Set<String> equal, Relation relation) {
    return relation.indexes().stream()
        .filter(index -> index.name().equals(scan.target().index()))
        .filter(index -> index.method().equals("btree"))
        .filter(index -> index.keys().stream().allMatch(IndexCandidates::isOfOrdinaryOrder))
        .findFirst()
        .map(
            index ->
                index.keys().stream()
                    .filter(key -> key.column() == null || !equal.contains(key.column()))
                    .map(IndexCandidates::candidateKey)
                    .toList())
        .orElse(List.of());
  }

  /** Whether a key made of its column or expression alone has the same order, and no literal. */
  private static boolean isOfOrdinaryOrder(Index.Key key) {
    return key.operatorClass() == null
        && key.collation() == null
        && (key.expression() == null
            || ExpressionMask.of(key.expression()).equals(key.expression()));
  }

  private static IndexCandidate.Key candidateKey(Index.Key key) {
    return new IndexCandidate.Key(
        key.column(), key.expression(), key.descending(), key.nullsFirst());
  }

  /** A b-tree is read both ways: an order that is DESC throughout needs no DESC in the index. */
  private static List<IndexCandidate.Key> needed(List<IndexCandidate.Key> keys) {
    boolean allReversed = keys.stream().allMatch(key -> key.descending() && key.nullsFirst());
    return allReversed ? keys.stream().map(IndexCandidate.Key::ascending).toList() : keys;
  }

  /**
   * Conditions of the join that the scan is a side of: of a nested loop, whose inner side it is, or
   * of a hash join, where not its own filter throws most of its rows away.
   */
  private List<String> joinFilters(PlanNode scan) {
    for (PlanNode above : ancestors(scan)) {
      if (above.type() == NodeType.NESTED_LOOP && above.conditions().joinFilter() != null) {
        return List.of(above.conditions().joinFilter());
      }
      if (above.type() == NodeType.HASH_JOIN
          && above.conditions().hashCondition() != null
          && !filtersMost(scan)) {
        return List.of(above.conditions().hashCondition());
      }
      if (!BELOW_JOIN.contains(above.type())) {
        break;
      }
    }
    return List.of();
  }

  private static boolean filtersMost(PlanNode scan) {
    Actual actual = scan.actual();
    return actual != null
        && actual.totalRemovedByFilter()
            >= Thresholds.DISCARDED_SHARE * (actual.totalRemovedByFilter() + actual.totalRows());
  }

  private List<PlanNode> ancestors(PlanNode node) {
    // The pointer of a node begins with those of all above it.
    return plan.nodes()
        .filter(above -> node.pointer().startsWith(above.pointer() + "/"))
        .sorted(Comparator.comparingInt((PlanNode above) -> above.pointer().length()).reversed())
        .toList();
  }

  private static @Nullable String servedBy(Shape shape, @Nullable Relation relation) {
    if (relation == null) {
      return null;
    }
    List<Index.Key> next =
        shape.next().stream()
            .map(
                key ->
                    new Index.Key(
                        key.column(), key.expression(), key.descending(), key.nullsFirst(), null))
            .toList();
    return relation.indexes().stream()
        .filter(index -> IndexCoverage.covers(index, Set.copyOf(shape.equal()), next))
        .map(Index::name)
        .findFirst()
        .orElse(null);
  }

  private static List<String> bySelectivity(Set<String> columns, @Nullable Relation relation) {
    return columns.stream()
        .sorted(
            Comparator.comparingDouble((String column) -> distinct(column, relation)).reversed())
        .limit(KEYS)
        .collect(Collectors.toList());
  }

  /** Distinct values of a column; zero where they are not known, which sorts it last. */
  private static double distinct(String column, @Nullable Relation relation) {
    if (relation == null) {
      return 0;
    }
    Double distinct = relation.column(column).map(Column::distinct).orElse(null);
    if (distinct == null) {
      return 0;
    }
    // Negative: minus the share of rows.
    double rows = relation.estimatedRows() == null ? 0 : relation.estimatedRows();
    return distinct >= 0 ? distinct : -distinct * rows;
  }

  private static IndexCandidate.Key ascending(String column) {
    return new IndexCandidate.Key(column, false, false);
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> union = new LinkedHashSet<>(one);
    union.addAll(other);
    return union;
  }
}

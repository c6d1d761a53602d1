package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a plan reads one table: by one scan, and a partitioned table by scans of its partitions that
 * are of one type. None of many partitions takes much of the time, and all of them together may.
 *
 * @param nodes the scans, at least one; the first stands for all where a single one is shown
 */
record TableScan(PlanSubject subject, List<PlanNode> nodes) {

  TableScan {
    nodes = List.copyOf(nodes);
  }

  /** One scan by itself. */
  static TableScan of(PlanSubject subject, PlanNode scan) {
    return new TableScan(subject, List.of(scan));
  }

  /** The scans of a plan that are of these types, in its order. */
  static List<TableScan> of(PlanSubject subject, NodeType... types) {
    Map<String, TableScan> byFirst = new LinkedHashMap<>();
    subject.nodes(types).forEach(scan -> byFirst.put(scan.pointer(), TableScan.of(subject, scan)));
    for (PartitionScans partitions : subject.partitionScans()) {
      partitions.members().stream()
          .map(PartitionScans.Member::scan)
          .filter(scan -> byFirst.containsKey(scan.pointer()))
          .collect(Collectors.groupingBy(PlanNode::type, LinkedHashMap::new, Collectors.toList()))
          .values()
          .forEach(alike -> join(subject, alike, byFirst));
    }
    return List.copyOf(byFirst.values());
  }

  private static void join(
      PlanSubject subject, List<PlanNode> alike, Map<String, TableScan> byFirst) {
    List<PlanNode> ranFirst =
        alike.stream().sorted(Comparator.comparing(scan -> !PlanSubject.ran(scan))).toList();
    ranFirst.forEach(scan -> byFirst.remove(scan.pointer()));
    byFirst.put(ranFirst.get(0).pointer(), new TableScan(subject, ranFirst));
  }

  PlanNode first() {
    return nodes.get(0);
  }

  boolean ran() {
    return nodes.stream().anyMatch(PlanSubject::ran);
  }

  /** How often the scans were started, over all processes. */
  double starts() {
    return nodes.stream()
        .mapToDouble(scan -> scan.actual() == null ? 0 : scan.actual().loops())
        .sum();
  }

  /** Share of the execution time that the scans take by themselves. */
  double ownShare() {
    return total(subject::ownShare);
  }

  /** Share of the execution time that the scans take with all below them. */
  double share() {
    return total(subject::share);
  }

  private double total(ToDoubleFunction<PlanNode> share) {
    return Math.min(1, nodes.stream().mapToDouble(share).sum());
  }

  /** Pointers of the scans. */
  Set<String> pointers() {
    return nodes.stream().map(PlanNode::pointer).collect(Collectors.toUnmodifiableSet());
  }

  /** Pointers of the scans and of all below them. */
  Set<String> pointersWithBelow() {
    Set<String> pointers = new HashSet<>();
    nodes.forEach(scan -> pointers.addAll(PlanSubject.pointers(scan)));
    return Set.copyOf(pointers);
  }

  /** The partitioned table that is read a part of; empty where it is none, as far as is known. */
  Optional<Relation> partitioned() {
    Catalogue catalogue = subject.catalogue();
    return catalogue == null
        ? Optional.empty()
        : subject.relation(first()).flatMap(catalogue::partitionedBy);
  }

  /** The name of the table: of a partitioned one, where it is known, of all of it. */
  @Nullable RelationName name() {
    return partitioned()
        .or(() -> subject.relation(first()))
        .map(Relation::qualifiedName)
        .orElseGet(() -> PlanSubject.relationName(first()));
  }

  /**
   * How an index on the table begins to be made: on all partitions it is not made beside writes.
   */
  String createIndexOn() {
    return "CREATE INDEX %sON %s"
        .formatted(partitioned().isPresent() ? "" : "CONCURRENTLY ", name());
  }
}

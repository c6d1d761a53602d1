package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The scans of one partitioned table's partitions below an Append. The planner names each of them
 * with the table's alias and a number, such as {@code m_1}.
 *
 * @param alias the table's alias in the statement: its name where it has none
 * @param members the Append's children, each with a scan of one partition
 */
record PartitionScans(PlanSubject subject, PlanNode append, String alias, List<Member> members) {

  private static final Pattern NUMBERED = Pattern.compile("(.+)_[0-9]+");

  /** What may stand between the Append and the scan of a partition. */
  private static final Set<NodeType> BETWEEN =
      Set.of(NodeType.SORT, NodeType.AGGREGATE, NodeType.RESULT, NodeType.LIMIT);

  PartitionScans {
    members = List.copyOf(members);
  }

  /**
   * @param top the Append's child
   * @param scan the scan of the partition, the same node where nothing stands between
   */
  record Member(PlanNode top, PlanNode scan) {

    boolean ran() {
      return PlanSubject.ran(scan);
    }

    boolean isBarren() {
      return PlanSubject.rows(scan) == 0;
    }
  }

  static Stream<PartitionScans> of(PlanSubject subject) {
    return subject
        .nodes(NodeType.APPEND, NodeType.MERGE_APPEND)
        .flatMap(append -> ofAppend(subject, append));
  }

  private static Stream<PartitionScans> ofAppend(PlanSubject subject, PlanNode append) {
    Map<String, List<Member>> byAlias = new LinkedHashMap<>();
    for (PlanNode top : PlanSubject.inputs(append)) {
      PlanSubject.below(
              top, node -> node.target().relation() != null, node -> BETWEEN.contains(node.type()))
          .ifPresent(
              scan -> {
                Matcher numbered = NUMBERED.matcher(String.valueOf(scan.target().alias()));
                if (numbered.matches()) {
                  byAlias
                      .computeIfAbsent(numbered.group(1), first -> new ArrayList<>())
                      .add(new Member(top, scan));
                }
              });
    }
    return byAlias.entrySet().stream()
        .filter(entry -> areOfOneTable(subject, entry.getValue()))
        .map(entry -> new PartitionScans(subject, append, entry.getKey(), entry.getValue()));
  }

  /**
   * Tables that have numbers in their own names are no partitions for that, unless the catalogue
   * knows them as such.
   */
  private static boolean areOfOneTable(PlanSubject subject, List<Member> members) {
    Set<Object> relations =
        members.stream()
            .map(member -> PlanSubject.relationName(member.scan()))
            .collect(Collectors.toSet());
    return members.size() > 1
        && relations.size() == members.size()
        && (members.stream()
                .anyMatch(
                    member ->
                        !String.valueOf(member.scan().target().alias())
                            .equals(member.scan().target().relation()))
            || haveOneParent(subject, members));
  }

  private static boolean haveOneParent(PlanSubject subject, List<Member> members) {
    Set<Optional<RelationName>> parents =
        members.stream()
            .map(member -> subject.relation(member.scan()).map(Relation::parent))
            .collect(Collectors.toSet());
    return parents.size() == 1 && parents.iterator().next().isPresent();
  }

  List<Member> executed() {
    return members.stream().filter(Member::ran).toList();
  }

  /** The partitions that were read and gave no row. */
  List<Member> barren() {
    return executed().stream().filter(Member::isBarren).toList();
  }

  /** Share of the execution time that the barren partitions took. */
  double barrenShare() {
    return Math.min(1, barren().stream().mapToDouble(member -> subject.share(member.top())).sum());
  }

  /** The partitioned table; empty where the catalogue does not know it. */
  Optional<Relation> table() {
    List<Relation> above = above();
    return above.isEmpty() ? Optional.empty() : Optional.of(above.get(above.size() - 1));
  }

  /** The columns of the partition keys of all levels; empty where none is known. */
  Set<String> key() {
    return above().stream()
        .flatMap(relation -> Stream.ofNullable(relation.partitioning()))
        .flatMap(partitioning -> partitioning.columns().stream())
        .collect(Collectors.toSet());
  }

  /** The tables that a partition is of, the nearest first. */
  private List<Relation> above() {
    List<Relation> above = new ArrayList<>();
    Catalogue catalogue = subject.catalogue();
    Relation relation = subject.relation(members.get(0).scan()).orElse(null);
    while (catalogue != null && relation != null && relation.parent() != null) {
      relation = catalogue.relation(relation.parent()).orElse(null);
      if (relation != null) {
        above.add(relation);
      }
    }
    return above;
  }
}

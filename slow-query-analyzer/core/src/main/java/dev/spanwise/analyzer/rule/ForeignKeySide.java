package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import dev.spanwise.analyzer.plan.Trigger;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which end of a foreign key a trigger looks after. PostgreSQL tells by the trigger's name, which
 * text output has with VERBOSE only: else the catalogue may, or what the statement does.
 */
enum ForeignKeySide {

  /** The table that is pointed to: the trigger searches the rows that point to one that goes. */
  REFERENCED,

  /** The table that points: the trigger locks the row that a new one points to. */
  REFERENCING,

  /** One of the two, or none: a constraint trigger that a user made prints the same. */
  UNKNOWN,

  /** Of no foreign key. */
  NEITHER;

  private static final String ON_REFERENCED = "RI_ConstraintTrigger_a_";
  private static final String ON_REFERENCING = "RI_ConstraintTrigger_c_";

  static ForeignKeySide of(PlanSubject subject, Trigger trigger) {
    if (trigger.constraint() == null) {
      return NEITHER;
    }
    String name = trigger.name();
    if (name != null) {
      return name.startsWith(ON_REFERENCED)
          ? REFERENCED
          : name.startsWith(ON_REFERENCING) ? REFERENCING : NEITHER;
    }
    return ofConstraint(subject, trigger, trigger.constraint());
  }

  private static ForeignKeySide ofConstraint(
      PlanSubject subject, Trigger trigger, String constraint) {
    List<PlanNode> writes = writes(subject, trigger);
    List<RelationName> written = written(subject, trigger, writes);
    List<ReferencingKey> named = ReferencingKey.named(subject.catalogue(), constraint);
    boolean own = named.stream().anyMatch(one -> isAmong(one.relation().qualifiedName(), written));
    boolean pointsTo = named.stream().anyMatch(one -> isAmong(one.key().referenced(), written));
    if (own != pointsTo) {
      return own ? REFERENCING : REFERENCED;
    }
    if (named.isEmpty() && writes.stream().anyMatch(node -> subject.relation(node).isPresent())) {
      return NEITHER;
    }
    // A row that is deleted points to none any more.
    boolean deletes = !writes.isEmpty() && writes.stream().allMatch(node -> does(node, "Delete"));
    return deletes ? REFERENCED : UNKNOWN;
  }

  /** What a trigger may belong to: text output names its table only where there are several. */
  static List<PlanNode> writes(PlanSubject subject, Trigger trigger) {
    List<PlanNode> all = subject.nodes(NodeType.MODIFY_TABLE).toList();
    List<PlanNode> named =
        all.stream()
            .filter(node -> Objects.equals(node.target().relation(), trigger.relation()))
            .toList();
    return named.isEmpty() ? all : named;
  }

  /** The tables that are written, and those that they are partitions of. */
  private static List<RelationName> written(
      PlanSubject subject, Trigger trigger, List<PlanNode> writes) {
    Stream<RelationName> ofTrigger =
        Stream.ofNullable(trigger.relation()).map(name -> new RelationName(null, name));
    Stream<RelationName> ofWrites =
        writes.stream().flatMap(node -> Stream.ofNullable(PlanSubject.relationName(node)));
    return Stream.concat(ofTrigger, ofWrites)
        .flatMap(name -> Stream.concat(Stream.of(name), above(subject.catalogue(), name)))
        .toList();
  }

  private static Stream<RelationName> above(@Nullable Catalogue catalogue, RelationName name) {
    return catalogue == null
        ? Stream.empty()
        : catalogue.relation(name).map(catalogue::partitionedAbove).stream()
            .flatMap(List::stream)
            .map(Relation::qualifiedName);
  }

  private static boolean isAmong(RelationName name, List<RelationName> written) {
    return written.stream()
        .anyMatch(
            one ->
                one.name().equals(name.name())
                    && (one.schema() == null || one.schema().equals(name.schema())));
  }

  static boolean does(PlanNode write, String operation) {
    return operation.equals(write.details().get("Operation"));
  }
}

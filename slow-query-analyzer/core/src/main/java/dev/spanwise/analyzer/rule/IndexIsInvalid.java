package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.condition.Condition;
import dev.spanwise.analyzer.condition.ConditionReader;
import dev.spanwise.analyzer.condition.Operand;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An index that no query may use, as a failed concurrent build leaves it, is kept and written. */
final class IndexIsInvalid implements PlanRule, CatalogueRule {

  private record Invalid(Relation relation, Index index) {}

  /**
   * Where an invalid index begins with a column that a scan compares by equality, it would have
   * found the rows: then it is the cause, and not that there is none.
   */
  @Override
  public Verdict examine(PlanSubject subject) {
    List<Cause> causes = new ArrayList<>();
    subject
        .nodes(NodeType.SEQ_SCAN)
        .filter(PlanSubject::ran)
        .filter(scan -> Discards.of(scan).areMost())
        .filter(scan -> subject.ownShare(scan) >= Thresholds.EXPLAINS_SHARE)
        .forEach(
            scan ->
                subject
                    .relation(scan)
                    .flatMap(relation -> wouldServe(relation, scan))
                    .ifPresent(invalid -> causes.add(cause(subject, scan, invalid))));
    return Verdict.of(causes);
  }

  private static Optional<Invalid> wouldServe(Relation relation, PlanNode scan) {
    Set<String> compared = equalColumns(scan);
    return relation.indexes().stream()
        .filter(index -> !index.valid() && !index.state().beingBuilt())
        .filter(index -> index.predicate() == null && index.method().equals("btree"))
        .filter(index -> compared.contains(String.valueOf(index.keys().get(0).column())))
        .findFirst()
        .map(index -> new Invalid(relation, index));
  }

  private static Set<String> equalColumns(PlanNode scan) {
    Set<String> columns = new TreeSet<>();
    String filter = scan.conditions().filter();
    if (filter != null) {
      for (Condition part : ConditionReader.read(filter).conjuncts()) {
        if (part instanceof Condition.Comparison comparison
            && comparison.operator().equals("=")
            && comparison.left() instanceof Operand.Column column) {
          columns.add(column.name());
        }
      }
    }
    return columns;
  }

  private Cause cause(PlanSubject subject, PlanNode scan, Invalid invalid) {
    RelationName relation = invalid.relation().qualifiedName();
    Index index = invalid.index();
    List<Evidence> evidence = new ArrayList<>(Discards.of(scan).evidence(subject.ownShare(scan)));
    evidence.add(new Evidence("valid", "no", "1", "pg_index.indisvalid of " + index.name()));
    return new Cause(
        id(),
        relation,
        scan,
        Set.of(scan.pointer()),
        "The index %s would find these rows of %s, but it is invalid"
            .formatted(index.name(), relation),
        "CREATE INDEX CONCURRENTLY or REINDEX CONCURRENTLY was broken off, and no query uses what it left. So PostgreSQL read all of %s to keep %s rows."
            .formatted(relation, Wording.count(Discards.of(scan).returned())),
        evidence,
        subject.ownShare(scan),
        new Remedy.Step(
            Remedy.Kind.CREATE_INDEX,
            "REINDEX INDEX CONCURRENTLY " + name(invalid.relation(), index),
            "the planner does not look at an invalid index; what broke the build may break it again"));
  }

  @Override
  public CatalogueVerdict examine(Catalogue catalogue) {
    List<Invalid> invalid = new ArrayList<>();
    List<String> mayBeBuilt = new ArrayList<>();
    for (Relation relation : catalogue.relations()) {
      for (Index index : relation.indexes()) {
        if (index.valid()) {
          continue;
        }
        if (index.state().beingBuilt()) {
          mayBeBuilt.add(name(relation, index));
        } else {
          invalid.add(new Invalid(relation, index));
        }
      }
    }
    if (invalid.isEmpty() && !mayBeBuilt.isEmpty()) {
      return new CatalogueVerdict.Inconclusive(
          "whether %s %s being built: no query may use it, and its table is locked as a concurrent build locks it"
              .formatted(String.join(", ", mayBeBuilt), mayBeBuilt.size() == 1 ? "is" : "are"));
    }
    invalid.sort(Comparator.comparingLong((Invalid one) -> one.index().bytes()).reversed());
    return CatalogueVerdict.of(invalid.stream().map(this::cause).toList());
  }

  private static String name(Relation relation, Index index) {
    return new RelationName(relation.schema(), index.name()).toString();
  }

  private CatalogueCause cause(Invalid invalid) {
    Relation relation = invalid.relation();
    Index index = invalid.index();
    boolean partitioned = relation.kind() == Relation.Kind.PARTITIONED_TABLE;
    String explanation =
        partitioned
            ? "Some partition has no index that is attached to it, or an invalid one. Until each has, the planner uses what the partitions have by themselves, and a unique one is not enforced as a whole."
            : "CREATE INDEX CONCURRENTLY or REINDEX CONCURRENTLY was broken off, such as by a duplicate key, a deadlock or a timeout. No query uses the index, yet writes may have to keep it up.";
    return new CatalogueCause(
        id(),
        relation.qualifiedName(),
        index.name(),
        "The index %s on %s is invalid".formatted(index.name(), relation.qualifiedName()),
        explanation,
        List.of(
            new Evidence("valid", "no", "1", "pg_index.indisvalid"),
            new Evidence("size", index.bytes(), "By", "pg_relation_size")),
        partitioned ? attach(relation, index) : DropIndex.step(relation, index));
  }

  private static Remedy attach(Relation relation, Index index) {
    return new Remedy.Step(
        Remedy.Kind.INVESTIGATE,
        "Create the index on each partition of %s that lacks it, and attach it: ALTER INDEX %s ATTACH PARTITION …"
            .formatted(relation.qualifiedName(), name(relation, index)),
        "the catalogue alone shows it, and no statement");
  }
}

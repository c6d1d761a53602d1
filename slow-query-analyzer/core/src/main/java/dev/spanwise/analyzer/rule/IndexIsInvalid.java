package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An index that no query may use, as a failed concurrent build leaves it, is kept and written. */
final class IndexIsInvalid implements PlanRule, CatalogueRule {

  /** Built by REINDEX CONCURRENTLY beside the index that it was for. */
  private static final Pattern LEFT_BY_REINDEX = Pattern.compile("_cc(new|old)[0-9]*$");

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
                FilteredScan.of(TableScan.of(subject, scan))
                    .flatMap(IndexIsInvalid::wouldServe)
                    .ifPresent(invalid -> causes.add(cause(subject, scan, invalid))));
    return Verdict.of(causes);
  }

  private static Optional<Invalid> wouldServe(FilteredScan scan) {
    Relation relation = scan.relation();
    if (relation == null) {
      return Optional.empty();
    }
    Set<String> compared = equalColumns(scan);
    Set<String> served =
        relation.indexes().stream()
            .filter(Index::valid)
            .flatMap(index -> searched(index).stream())
            .collect(Collectors.toSet());
    return relation.indexes().stream()
        .filter(index -> !index.valid() && !index.state().beingBuilt())
        .filter(index -> !LEFT_BY_REINDEX.matcher(index.name()).find())
        .filter(index -> searched(index).filter(compared::contains).isPresent())
        // The planner had that column's index, and did not take it.
        .filter(index -> searched(index).filter(served::contains).isEmpty())
        .findFirst()
        .map(index -> new Invalid(relation, index));
  }

  /** The column of which an index finds every row with one value. */
  private static Optional<String> searched(Index index) {
    Index.Key first = index.keys().get(0);
    boolean searches = List.of("btree", "hash").contains(index.method());
    return searches && index.predicate() == null && first.collation() == null
        ? Optional.ofNullable(first.column())
        : Optional.empty();
  }

  private static Set<String> equalColumns(FilteredScan scan) {
    return scan.comparisons()
        .filter(comparison -> comparison.operator().equals("="))
        .filter(comparison -> HiddenComparisons.isBare(comparison.operand(), scan))
        .flatMap(comparison -> ExpressionIndex.columns(comparison.operand()).stream())
        .collect(Collectors.toSet());
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
        "CREATE INDEX CONCURRENTLY or REINDEX CONCURRENTLY was broken off, and no query uses what it left. So PostgreSQL read all of %s to keep %s."
            .formatted(relation, Discards.of(scan).kept("row")),
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

package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An index that no query may use, as a failed concurrent build leaves it, is kept and written. */
final class IndexIsInvalid implements CatalogueRule {

  private record Invalid(Relation relation, Index index) {}

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

package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Another index of the same table serves every search that an index serves. */
final class IndexIsDuplicate implements CatalogueRule {

  /** What to keep of two that do the same. */
  private static final Comparator<Index> WORTHIER =
      Comparator.comparing((Index index) -> index.state().replicaIdentity())
          .thenComparing(index -> index.state().constraint() != null)
          .thenComparing(Index::unique)
          .thenComparing(index -> index.state().nullsNotDistinct())
          .thenComparing(index -> !index.state().deferrable())
          .thenComparing(index -> index.state().clustered())
          .thenComparing(index -> index.keys().size() + index.included().size())
          .thenComparingLong(Index::scans)
          .thenComparing(Index::name, Comparator.reverseOrder());

  private record Pair(Relation relation, Index redundant, Index kept) {}

  @Override
  public CatalogueVerdict examine(Catalogue catalogue) {
    List<Pair> pairs = new ArrayList<>();
    for (Relation relation : catalogue.relations()) {
      for (Index index : relation.indexes()) {
        keeper(catalogue, relation, index)
            .ifPresent(kept -> pairs.add(new Pair(relation, index, kept)));
      }
    }
    pairs.sort(Comparator.comparingLong((Pair pair) -> pair.redundant().bytes()).reversed());
    return CatalogueVerdict.of(pairs.stream().map(this::cause).toList());
  }

  private static Optional<Index> keeper(Catalogue catalogue, Relation relation, Index index) {
    Index.State state = index.state();
    // A partition's part goes with the partitioned table's index.
    if (!index.valid() || state.attached() || state.replicaIdentity() || state.clustered()) {
      return Optional.empty();
    }
    return relation.indexes().stream()
        .filter(other -> other.valid() && WORTHIER.compare(other, index) > 0)
        .filter(other -> does(other, index))
        // Whoever follows all advice drops that one as well, and nothing would be left.
        .filter(other -> !UnusedIndexes.contain(catalogue, relation, other))
        .max(WORTHIER);
  }

  /** Whether {@code other} does all that {@code index} does. */
  private static boolean does(Index other, Index index) {
    boolean sameKeys = index.keys().equals(other.keys());
    if (index.state().constraint() != null
        && (other.state().constraint() == null || !sameKeys || !index.method().equals("btree"))) {
      return false;
    }
    if (index.unique() && !(other.unique() && index.keys().size() == other.keys().size())) {
      return false;
    }
    return isAsStrict(other, index)
        && index.method().equals(other.method())
        && Objects.equals(index.predicate(), other.predicate())
        && (index.method().equals("btree") ? begins(other, index) : sameKeys)
        && holdsIncluded(other, index);
  }

  /** Whether {@code other} refuses all rows that {@code index} does, and as soon. */
  private static boolean isAsStrict(Index other, Index index) {
    boolean enforces = index.unique() || index.state().constraint() != null;
    return !enforces
        || ((other.state().nullsNotDistinct() || !index.state().nullsNotDistinct())
            && (!other.state().deferrable() || index.state().deferrable()));
  }

  /** Whether a b-tree begins with another's keys: it is read both ways. */
  private static boolean begins(Index other, Index index) {
    int size = index.keys().size();
    if (other.keys().size() < size) {
      return false;
    }
    List<Index.Key> first = other.keys().subList(0, size);
    return first.equals(index.keys())
        || first.equals(index.keys().stream().map(IndexIsDuplicate::reversed).toList());
  }

  private static Index.Key reversed(Index.Key key) {
    return new Index.Key(
        key.column(),
        key.expression(),
        !key.descending(),
        !key.nullsFirst(),
        key.operatorClass(),
        key.collation());
  }

  private static boolean holdsIncluded(Index other, Index index) {
    return index.included().stream()
        .allMatch(
            column ->
                other.included().contains(column)
                    || other.keys().stream().anyMatch(key -> column.equals(key.column())));
  }

  private CatalogueCause cause(Pair pair) {
    Index redundant = pair.redundant();
    Index kept = pair.kept();
    boolean longer = kept.keys().size() > redundant.keys().size();
    String title =
        (longer
                ? "The index %s on %s is the beginning of %s"
                : "The index %s on %s does what %s does")
            .formatted(redundant.name(), pair.relation().qualifiedName(), kept.name());
    String explanation =
        "Every search that %s serves, %s serves, too%s. Each write keeps up both, and both take room in memory and in backups."
            .formatted(
                redundant.name(), kept.name(), longer ? ", if with somewhat more to read" : "");
    return new CatalogueCause(
        id(),
        pair.relation().qualifiedName(),
        redundant.name(),
        title,
        explanation,
        List.of(
            new Evidence("size", redundant.bytes(), "By", "pg_relation_size"),
            Evidence.count(
                "scans of it",
                (double) redundant.scans(),
                "{scan}",
                "pg_stat_all_indexes.idx_scan"),
            new Evidence("done by", kept.name(), "1", "pg_index"),
            new Evidence("size of that", kept.bytes(), "By", "pg_relation_size")),
        DropIndex.step(pair.relation(), redundant));
  }
}

package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.ForeignKey;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A foreign key and the relation that has it. */
record ReferencingKey(Relation relation, ForeignKey key) {

  static List<ReferencingKey> all(Catalogue catalogue) {
    return catalogue.relations().stream()
        .flatMap(
            relation ->
                relation.foreignKeys().stream().map(key -> new ReferencingKey(relation, key)))
        .toList();
  }

  /** Those that a trigger of a constraint may belong to; none without a catalogue. */
  static List<ReferencingKey> named(@Nullable Catalogue catalogue, String constraint) {
    return catalogue == null
        ? List.of()
        : all(catalogue).stream().filter(one -> one.key().isNamed(constraint)).toList();
  }

  /** Its columns as SQL writes them. */
  String columns() {
    return key.columns().stream().map(RelationName::quoted).collect(Collectors.joining(", "));
  }

  boolean hasIndex() {
    return ForeignKeyIndexes.find(relation, key);
  }

  private String createIndex() {
    // An index on a partitioned table cannot be built concurrently.
    String how = relation.kind() == Relation.Kind.PARTITIONED_TABLE ? "" : "CONCURRENTLY ";
    return "CREATE INDEX %sON %s (%s)".formatted(how, relation.qualifiedName(), columns());
  }

  /** The step that lets rows be found by each of the keys. */
  static Remedy createIndex(List<ReferencingKey> keys) {
    return new Remedy.Step(
        Remedy.Kind.CREATE_INDEX,
        keys.stream().map(ReferencingKey::createIndex).distinct().collect(Collectors.joining("; ")),
        "what a foreign key searches is in no plan's cost: only doing it shows what an index spares");
  }

  /** Rows of the relation and of its partitions, as far as they are known. */
  double rows(Catalogue catalogue) {
    return rows(catalogue, relation);
  }

  private static double rows(Catalogue catalogue, Relation relation) {
    if (relation.kind() != Relation.Kind.PARTITIONED_TABLE) {
      Double estimated = relation.estimatedRows();
      double live = relation.activity() == null ? 0 : relation.activity().liveRows();
      return estimated == null ? live : estimated;
    }
    return partitions(catalogue, relation).stream()
        .mapToDouble(partition -> rows(catalogue, partition))
        .sum();
  }

  /** Rows deleted from the referenced table and from its partitions. */
  double deletedRows(Catalogue catalogue) {
    return catalogue
        .relation(key.referenced())
        .map(referenced -> deletedRows(catalogue, referenced))
        .orElse(0.0);
  }

  private static double deletedRows(Catalogue catalogue, Relation relation) {
    if (relation.kind() != Relation.Kind.PARTITIONED_TABLE) {
      return relation.activity() == null ? 0 : relation.activity().deletedRows();
    }
    return partitions(catalogue, relation).stream()
        .mapToDouble(partition -> deletedRows(catalogue, partition))
        .sum();
  }

  private static List<Relation> partitions(Catalogue catalogue, Relation relation) {
    return catalogue.relations().stream()
        .filter(other -> relation.qualifiedName().equals(other.parent()))
        .toList();
  }
}

package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;

/** The step that removes an index. */
final class DropIndex {

  private DropIndex() {}

  /**
   * DROP INDEX, or DROP CONSTRAINT where the index enforces one: PostgreSQL refuses that while a
   * foreign key needs it.
   */
  static Remedy.Step step(Relation relation, Index index) {
    String constraint = index.state().constraint();
    // An index on a partitioned table cannot be dropped concurrently.
    String how = relation.kind() == Relation.Kind.PARTITIONED_TABLE ? "" : "CONCURRENTLY ";
    String statement =
        constraint == null
            ? "DROP INDEX " + how + new RelationName(relation.schema(), index.name())
            : "ALTER TABLE %s DROP CONSTRAINT %s"
                .formatted(relation.qualifiedName(), RelationName.quoted(constraint));
    return new Remedy.Step(
        Remedy.Kind.DROP_INDEX, statement, "the catalogue alone shows it, and no statement");
  }
}

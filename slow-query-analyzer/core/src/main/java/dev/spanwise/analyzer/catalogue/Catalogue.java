package dev.spanwise.analyzer.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * What a database's system catalogue says, as far as the analysis needs it. Immutable.
 *
 * @param serverVersion {@code server_version_num}, such as 180006
 * @param relations tables, partitioned tables and materialized views outside the system schemas
 * @param weaknesses what the connected role may not see and what that weakens, in words; empty
 *     where nothing is missing
 */
public record Catalogue(int serverVersion, List<Relation> relations, List<String> weaknesses) {

  public Catalogue {
    relations = List.copyOf(relations);
    weaknesses = List.copyOf(weaknesses);
  }

  /** The relation of that name; without a schema, the only one of that name in any schema. */
  public Optional<Relation> relation(RelationName name) {
    List<Relation> sameName =
        relations.stream()
            .filter(relation -> relation.name().equals(name.name()))
            .filter(relation -> name.schema() == null || name.schema().equals(relation.schema()))
            .toList();
    return sameName.size() == 1 ? Optional.of(sameName.get(0)) : Optional.empty();
  }
}

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

  /** The relation of that exact (unquoted, case-sensitive) name. */
  public Optional<Relation> relation(String schema, String name) {
    return relations.stream()
        .filter(relation -> relation.schema().equals(schema) && relation.name().equals(name))
        .findFirst();
  }
}

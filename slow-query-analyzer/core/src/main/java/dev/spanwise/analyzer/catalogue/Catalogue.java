package dev.spanwise.analyzer.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a database's system catalogue says, as far as the analysis needs it. Immutable.
 *
 * @param serverVersion {@code server_version_num}, such as 180006
 * @param relations tables, partitioned tables and materialized views outside the system schemas
 * @param counters since when the counters in it count; null where that was not read
 * @param statements by fingerprint, what pg_stat_statements counted of the costliest; empty where
 *     the extension is missing or may not be read
 * @param weaknesses what the connected role may not see and what that weakens, in words; empty
 *     where nothing is missing
 */
public record Catalogue(
    int serverVersion,
    List<Relation> relations,
    @Nullable Counters counters,
    Map<Long, StatementStatistics> statements,
    List<String> weaknesses) {

  public Catalogue {
    relations = List.copyOf(relations);
    statements = Map.copyOf(statements);
    weaknesses = List.copyOf(weaknesses);
  }

  /** A catalogue without counters. */
  public Catalogue(int serverVersion, List<Relation> relations, List<String> weaknesses) {
    this(serverVersion, relations, null, Map.of(), weaknesses);
  }

  /** What was counted of the statement with that fingerprint. */
  public Optional<StatementStatistics> statement(long fingerprint) {
    return Optional.ofNullable(statements.get(fingerprint));
  }

  /** The partitioned table that a partition is of, on the topmost level; empty for another one. */
  public Optional<Relation> partitionedBy(Relation partition) {
    List<Relation> above = partitionedAbove(partition);
    return above.isEmpty() ? Optional.empty() : Optional.of(above.get(above.size() - 1));
  }

  /** The partitioned tables that a partition is of, the nearest first. */
  public List<Relation> partitionedAbove(Relation partition) {
    List<Relation> above = new ArrayList<>();
    Relation relation = partition;
    while (relation != null && relation.parent() != null) {
      relation = relation(relation.parent()).orElse(null);
      if (relation != null && relation.kind() == Relation.Kind.PARTITIONED_TABLE) {
        above.add(relation);
      }
    }
    return above;
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

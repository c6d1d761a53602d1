package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Activity;
import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Partitioning;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Catalogues of few tables, as the recorded plans' server had them. */
final class Tables {

  static final Instant ANALYSED = Instant.parse("2026-03-01T12:00:00Z");

  private Tables() {}

  static Catalogue catalogue(Relation... tables) {
    return new Catalogue(150_000, List.of(tables), List.of());
  }

  /** A table of the schema public that was analysed and not changed since. */
  static Relation table(String name, double rows, long bytes) {
    return table(name, rows, bytes, fresh((long) rows), List.of(), List.of());
  }

  static Relation table(
      String name,
      double rows,
      long bytes,
      @Nullable Activity activity,
      List<Column> columns,
      List<Index> indexes) {
    return new Relation(
        "public", name, Relation.Kind.TABLE, rows, bytes, columns, indexes, activity);
  }

  /** A partitioned table, where it has no parent, or else a partition. */
  static Relation partition(String name, @Nullable RelationName parent) {
    return new Relation(
        "public",
        name,
        parent == null ? Relation.Kind.PARTITIONED_TABLE : Relation.Kind.TABLE,
        10_000.0,
        819_200,
        List.of(),
        List.of(),
        null,
        List.of(),
        List.of(),
        parent == null ? new Partitioning(Partitioning.Strategy.RANGE, List.of("taken_at")) : null,
        parent);
  }

  static Activity fresh(long rows) {
    return new Activity(rows, 0, 0, 0, ANALYSED, ANALYSED);
  }

  /** A table that has changed since it was analysed; never, where {@code at} is null. */
  static Activity changed(long rows, long changed, @Nullable Instant at) {
    return new Activity(rows, 0, changed, 0, at, null);
  }

  static Column column(String name, double distinct, int width) {
    return new Column(name, "text", true, distinct, 0.0, 0.0, width, true);
  }

  static Column unanalysed(String name) {
    return new Column(name, "text", true, null, null, null, null, true);
  }

  static Index index(String name, String... columns) {
    return new Index(
        name,
        "btree",
        Stream.of(columns).map(column -> new Index.Key(column, null, false, false, null)).toList(),
        List.of(),
        null,
        false,
        true,
        0,
        8_192);
  }
}

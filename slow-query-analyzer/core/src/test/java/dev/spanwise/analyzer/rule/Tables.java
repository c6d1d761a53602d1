package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Activity;
import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
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

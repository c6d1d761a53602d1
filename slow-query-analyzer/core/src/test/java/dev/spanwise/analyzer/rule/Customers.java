package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The catalogue of the table customers that the plans of the rules on predicates read. */
final class Customers {

  private Customers() {}

  static Catalogue catalogue(Index... indexes) {
    Relation customers =
        new Relation(
            "public",
            "customers",
            Relation.Kind.TABLE,
            100_000.0,
            20_000_000,
            List.of(
                column("id", "bigint"),
                column("email", "character varying(120)"),
                column("name", "text"),
                column("reference", "character(8)"),
                column("tenant_id", "integer"),
                column("signed_up", "timestamp with time zone"),
                column("visited_at", "timestamp without time zone"),
                column("profile", "jsonb")),
            List.of(indexes),
            null);
    return new Catalogue(150_000, List.of(customers), List.of());
  }

  private static Column column(String name, String type) {
    return new Column(name, type, true, null, null, null, null, true);
  }

  /** A b-tree on one column. */
  static Index on(String column) {
    return index("btree", column, null, null, null);
  }

  /** An index with one key. */
  static Index index(
      String method,
      @Nullable String column,
      @Nullable String expression,
      @Nullable String operatorClass,
      @Nullable String predicate) {
    return new Index(
        "customers_key_idx",
        method,
        List.of(new Index.Key(column, expression, false, false, operatorClass)),
        List.of(),
        predicate,
        false,
        true,
        0,
        8_192);
  }
}

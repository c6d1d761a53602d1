package dev.spanwise.analyzer.advice;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanFormatException;
import dev.spanwise.analyzer.plan.PlanNode;
import dev.spanwise.analyzer.plan.PlanReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The recorded plans of the rules, and catalogues to read them with. */
final class Fixtures {

  private Fixtures() {}

  /** A plan of {@code resources/rules}. */
  static Plan recorded(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream("/rules/" + name + ".json")) {
      return plan(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Plan plan(String output) {
    try {
      return PlanReader.read(output);
    } catch (PlanFormatException e) {
      throw new IllegalArgumentException(e.place(), e);
    }
  }

  /** The only node that reads {@code relation}. */
  static PlanNode scan(Plan plan, String relation) {
    return plan.nodes()
        .filter(node -> relation.equals(node.target().relation()))
        .findFirst()
        .orElseThrow();
  }

  static Catalogue catalogue(Relation... relations) {
    return new Catalogue(180006, List.of(relations), List.of());
  }

  /** The table {@code trades} of the recorded plans, with indexes of one's own choice. */
  static Relation trades(Index... indexes) {
    return table(
        "trades",
        List.of(
            column("id", "bigint", -1.0),
            column("account_id", "integer", 2_000.0),
            column("symbol", "text", 50.0),
            column("status", "text", 2.0),
            column("executed_at", "timestamp with time zone", -1.0)),
        indexes);
  }

  static Relation table(String name, List<Column> columns, Index... indexes) {
    return new Relation(
        "public",
        name,
        Relation.Kind.TABLE,
        300_000.0,
        1 << 24,
        columns,
        Arrays.asList(indexes),
        null);
  }

  static Column column(String name, String type, @Nullable Double distinct) {
    return new Column(name, type, true, distinct, 0.0, 0.0, 8, !type.equals("json"));
  }

  static Index index(String name, String... columns) {
    List<Index.Key> keys =
        Arrays.stream(columns)
            .map(column -> new Index.Key(column, null, false, false, null))
            .toList();
    return new Index(name, "btree", keys, List.of(), null, false, true, 0, 0);
  }
}

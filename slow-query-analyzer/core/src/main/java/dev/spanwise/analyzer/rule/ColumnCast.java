package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.condition.Operand;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a cast around a column does to the use of an index on it. See <a
 * href="https://www.postgresql.org/docs/current/catalog-pg-cast.html">pg_cast</a>, {@code
 * castmethod}: a cast that only renames the type leaves the order alone.
 */
enum ColumnCast {
  /** The type is only renamed: an index on the column serves the comparison. */
  RENAMES,
  /** The value is computed: no index on the column serves the comparison. */
  COMPUTES,
  /** Only the column's type would tell. */
  UNKNOWN;

  /** What a type prints as from which text is only another name, or may be. */
  private static final Set<String> TEXT =
      Set.of("text", "character varying", "bpchar", "character");

  private static final Set<String> BUILT_IN =
      Set.of(
          "smallint",
          "integer",
          "bigint",
          "numeric",
          "real",
          "double precision",
          "money",
          "oid",
          "boolean",
          "uuid",
          "date",
          "timestamp without time zone",
          "timestamp with time zone",
          "time without time zone",
          "time with time zone",
          "interval",
          "character",
          "character varying",
          "text",
          "\"char\"",
          "name",
          "citext",
          "bytea",
          "bit",
          "bit varying",
          "json",
          "jsonb",
          "xml",
          "inet",
          "cidr",
          "macaddr");

  /**
   * @param relation what the catalogue says of the column's table; null where it is not known
   */
  static ColumnCast of(Operand.Cast cast, @Nullable Relation relation) {
    String to = withoutModifier(cast.type());
    String from =
        relation == null
            ? null
            : relation.column(cast.column().name()).map(Column::type).orElse(null);
    if (from == null) {
      // varchar's comparisons are those of text, so that most casts to it only rename.
      return TEXT.contains(to) ? UNKNOWN : COMPUTES;
    }
    boolean rounds = !to.equals(cast.type()) && !from.equals(cast.type());
    from = withoutModifier(from);
    boolean renamed =
        (from.equals(to) && !rounds)
            || (from.equals("character varying") && to.equals("text"))
            || (from.equals("cidr") && to.equals("inet"));
    if (renamed) {
      return RENAMES;
    }
    // A domain's name is the user's own, and a cast to its base type only renames.
    return isBuiltIn(from) ? COMPUTES : UNKNOWN;
  }

  /** Whether a type, without its modifier, is known to be no domain. */
  static boolean isBuiltIn(String type) {
    return BUILT_IN.contains(type);
  }

  /** {@code numeric(10,2)} is {@code numeric}, {@code timestamp(3) without time zone} likewise. */
  static String withoutModifier(String type) {
    return type.replaceAll("\\s*\\([^)]*\\)", "").strip();
  }
}

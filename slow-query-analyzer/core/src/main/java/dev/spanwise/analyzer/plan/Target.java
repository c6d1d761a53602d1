package dev.spanwise.analyzer.plan;

import org.jspecify.annotations.Nullable;

/**
 * What a node reads or changes.
 *
 * @param schema schema of the relation; printed with VERBOSE only
 * @param relation table, materialized view or foreign table
 * @param alias name of the relation in the statement
 * @param index index that is scanned
 * @param other name of the function, common table expression or the like that is scanned instead
 */
public record Target(
    @Nullable String schema,
    @Nullable String relation,
    @Nullable String alias,
    @Nullable String index,
    @Nullable String other) {

  public static final Target NONE = new Target(null, null, null, null, null);
}

package dev.spanwise.analyzer.plan;

import org.jspecify.annotations.Nullable;

/**
 * The conditions of a node as PostgreSQL prints them, literals included: never to be shown as they
 * are, see {@link PlanJson}.
 */
public record Conditions(
    @Nullable String filter,
    @Nullable String indexCondition,
    @Nullable String recheckCondition,
    @Nullable String joinFilter,
    @Nullable String hashCondition,
    @Nullable String mergeCondition,
    @Nullable String oneTimeFilter,
    @Nullable String orderBy) {

  public static final Conditions NONE =
      new Conditions(null, null, null, null, null, null, null, null);
}

package dev.spanwise.analyzer.plan;

import org.jspecify.annotations.Nullable;

/**
 * How a node hangs in its plan.
 *
 * @param parentRelationship {@code Outer}, {@code Inner}, {@code Member}, {@code InitPlan}, {@code
 *     SubPlan} or {@code Subquery}; null at the root
 * @param subplanName such as {@code SubPlan 1} or {@code CTE recent}; null for a plain child
 * @param parallelAware whether the processes of a parallel plan share this node's work
 */
public record Position(
    @Nullable String parentRelationship, @Nullable String subplanName, boolean parallelAware) {

  public static final Position ROOT = new Position(null, null, false);
}

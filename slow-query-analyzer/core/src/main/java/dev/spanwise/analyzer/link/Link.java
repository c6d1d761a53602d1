package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.workload.SlowSpan;
import org.jspecify.annotations.Nullable;

/**
 * What ties a slow span to an executed plan.
 *
 * @param span the span
 * @param method what the link rests on
 * @param confidence how sure it is
 * @param plan the plan; null where the link is ambiguous, and where enough plans of the same query
 *     are held already
 */
public record Link(
    SlowSpan span, LinkMethod method, Confidence confidence, @Nullable ExecutedPlan plan) {}

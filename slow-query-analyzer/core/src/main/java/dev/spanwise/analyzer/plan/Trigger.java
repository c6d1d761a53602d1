package dev.spanwise.analyzer.plan;

import org.jspecify.annotations.Nullable;

/** Time spent in a trigger, foreign keys included, over all its calls. */
public record Trigger(
    String name,
    @Nullable String constraint,
    @Nullable String relation,
    double timeMs,
    long calls) {}

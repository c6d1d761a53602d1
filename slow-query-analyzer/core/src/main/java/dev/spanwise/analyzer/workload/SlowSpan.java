package dev.spanwise.analyzer.workload;

import dev.spanwise.analyzer.trace.Span;

/** A database span at or above the threshold, and the query that it is a call of. */
public record SlowSpan(QueryKey query, Span span) {}

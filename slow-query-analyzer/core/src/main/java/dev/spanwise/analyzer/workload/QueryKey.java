package dev.spanwise.analyzer.workload;

import org.jspecify.annotations.Nullable;

/**
 * One statement shape and what it was run for.
 *
 * @param fingerprint the statement's fingerprint
 * @param service service that ran it; null where the resource names none
 * @param operation named read or consumer that ran it; null where there is none
 * @param endpoint route of the outermost request; null where it is not known
 */
public record QueryKey(
    long fingerprint,
    @Nullable String service,
    @Nullable String operation,
    @Nullable String endpoint) {}

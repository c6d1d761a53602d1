package dev.spanwise.analyzer.plan;

/**
 * Wall time that a statement spent in one node, over all its loops.
 *
 * @param inclusiveMs with all below it
 * @param exclusiveMs without what is below it: never negative
 */
public record NodeTime(double inclusiveMs, double exclusiveMs) {}

package dev.spanwise.analyzer.plan;

/**
 * What the planner expected of a node, for one loop.
 *
 * @param startupCost planner units before the first row
 * @param totalCost planner units for all rows
 * @param rows rows returned
 * @param width average row width in bytes
 */
public record Estimate(double startupCost, double totalCost, double rows, long width) {}

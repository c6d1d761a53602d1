package dev.spanwise.analyzer.plan;

/**
 * Blocks (of 8 kB by default) that a node and its children touched, over all loops. See <a
 * href="https://www.postgresql.org/docs/current/sql-explain.html">EXPLAIN</a>, option BUFFERS.
 */
public record Buffers(
    long sharedHit, long sharedRead, long sharedWritten, long tempRead, long tempWritten) {}

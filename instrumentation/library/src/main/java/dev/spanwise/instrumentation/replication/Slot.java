package dev.spanwise.instrumentation.replication;

import org.jspecify.annotations.Nullable;

/**
 * A row of <a
 * href="https://www.postgresql.org/docs/current/view-pg-replication-slots.html">pg_replication_slots</a>.
 *
 * @param retainedBytes null where the slot holds nothing: never used, or invalidated
 */
record Slot(String name, boolean active, @Nullable Long retainedBytes) {}

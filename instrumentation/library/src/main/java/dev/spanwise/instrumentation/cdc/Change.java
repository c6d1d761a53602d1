package dev.spanwise.instrumentation.cdc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a change event.
 *
 * @param committed its {@code source.ts_us} or {@code ts_ms}; null where it has none, as a
 *     heartbeat and a tombstone
 * @param snapshot whether it is a row that was there before, read by a snapshot
 * @param traceparent of the row's new state, as it stands there; null where it has none
 */
record Change(@Nullable Instant committed, boolean snapshot, @Nullable String traceparent) {
  static final Change UNKNOWN = new Change(null, false, null);
}

package dev.spanwise.instrumentation.cdc;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is known of one change, from a <a
 * href="https://debezium.io/documentation/reference/stable/connectors/postgresql.html#postgresql-change-events-value">change
 * event</a> or from the flat row that <a
 * href="https://debezium.io/documentation/reference/stable/transformations/event-flattening.html">event
 * flattening</a> makes of one.
 */
final class ChangeBuilder {
  private static final String FLAT_SOURCE = "__source_";

  private @Nullable Long milliseconds;
  private @Nullable Long microseconds;
  private boolean snapshot;
  private @Nullable String traceparent;

  /** A field of {@code source}; flat rows have it with {@code __source_} before its name. */
  void sourceField(String name, @Nullable Object value) {
    switch (name) {
      case "ts_ms" -> milliseconds = value instanceof Long time ? time : milliseconds;
      case "ts_us" -> microseconds = value instanceof Long time ? time : microseconds;
      // true, first, last, incremental and others; false and absent mean that it is none.
      case "snapshot" -> snapshot |= value != null && !value.toString().equals("false");
      default -> {}
    }
  }

  void traceparent(@Nullable Object value) {
    traceparent = value instanceof String text ? text : traceparent;
  }

  /** A field of the event itself, or of a flat row. */
  void field(String name, @Nullable Object value, String traceparentColumn) {
    if (name.startsWith(FLAT_SOURCE)) {
      sourceField(name.substring(FLAT_SOURCE.length()), value);
    } else if (name.equals("op") || name.equals("__op")) {
      snapshot |= "r".equals(value);
    } else if (name.equals(traceparentColumn)) {
      traceparent(value);
    }
  }

  Change build() {
    Instant committed = null;
    if (microseconds != null) {
      committed = Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS);
    } else if (milliseconds != null) {
      committed = Instant.ofEpochMilli(milliseconds);
    }
    return new Change(committed, snapshot, traceparent);
  }
}

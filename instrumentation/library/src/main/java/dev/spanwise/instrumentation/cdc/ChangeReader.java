package dev.spanwise.instrumentation.cdc;

import dev.spanwise.instrumentation.telemetry.Loss;
import dev.spanwise.instrumentation.telemetry.TelemetryFailures;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.RecordChangeEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads what an engine hands out, whatever the format. Never throws. */
final class ChangeReader {
  private final String traceparentColumn;
  private final TelemetryFailures failures;
  private volatile boolean connectIsThere = true;

  ChangeReader(String traceparentColumn, TelemetryFailures failures) {
    this.traceparentColumn = traceparentColumn;
    this.failures = failures;
  }

  Change read(@Nullable Object event) {
    try {
      return readValue(value(event));
    } catch (Throwable e) {
      failures.report(Loss.CHANGE, e);
      return Change.UNKNOWN;
    }
  }

  private static @Nullable Object value(@Nullable Object event) {
    if (event instanceof ChangeEvent<?, ?> change) {
      return change.value();
    }
    return event instanceof RecordChangeEvent<?> change ? change.record() : event;
  }

  private Change readValue(@Nullable Object value) throws IOException {
    if (value instanceof String text) {
      return JsonChanges.read(text, traceparentColumn);
    }
    if (value instanceof byte[] bytes) {
      return JsonChanges.read(bytes, traceparentColumn);
    }
    Change change = value != null && connectIsThere ? readConnect(value) : null;
    return change == null ? Change.UNKNOWN : change;
  }

  private @Nullable Change readConnect(Object value) {
    try {
      return ConnectChanges.read(value, traceparentColumn);
    } catch (NoClassDefFoundError e) {
      connectIsThere = false;
      return null;
    }
  }
}

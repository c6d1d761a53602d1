package dev.spanwise.instrumentation.cdc;

import dev.spanwise.instrumentation.telemetry.Loss;
import dev.spanwise.instrumentation.telemetry.TelemetryFailures;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The <a href="https://www.w3.org/TR/trace-context/#traceparent-header">traceparent</a> of a row's
 * column, whatever propagators the application has.
 */
public final class Traceparent {
  private static final String FIELD = "traceparent";
  private static final TelemetryFailures failures = new TelemetryFailures();

  private static final TextMapGetter<String> GETTER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String carrier) {
          return List.of(FIELD);
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
          return key.equals(FIELD) ? carrier : null;
        }
      };

  private Traceparent() {}

  /**
   * What a row that is written now should carry: 55 characters; null outside any trace, and where
   * telemetry fails, which is logged. Never throws.
   */
  public static @Nullable String current() {
    try {
      Map<String, String> carrier = new HashMap<>();
      W3CTraceContextPropagator.getInstance().inject(Context.current(), carrier, Map::put);
      return carrier.get(FIELD);
    } catch (Throwable e) {
      failures.report(Loss.ROW_CONTEXT, e);
      return null;
    }
  }

  /** The context with the span that the text names; as it was where it names none. */
  static Context extract(Context context, String traceparent) {
    return W3CTraceContextPropagator.getInstance().extract(context, traceparent, GETTER);
  }
}

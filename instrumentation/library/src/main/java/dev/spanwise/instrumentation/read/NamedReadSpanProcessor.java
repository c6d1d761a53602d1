package dev.spanwise.instrumentation.read;

import dev.spanwise.instrumentation.telemetry.DatabaseSpan;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names the database spans of a named read after it: {@code db.query.summary} and the span's name
 * become those of the innermost read, as OpenTelemetry's conventions ask where a <a
 * href="https://opentelemetry.io/docs/specs/semconv/db/database-spans/">summary of the use case</a>
 * is at hand. A database span is one of kind CLIENT with {@code db.system.name}, or {@code
 * db.system} where the stable conventions are not opted into. A cache's commands ({@code redis},
 * {@code valkey}, {@code memcached}) keep their own names.
 *
 * <pre>{@code
 * SdkTracerProvider.builder()
 *     .addSpanProcessor(new NamedReadSpanProcessor())
 *     .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
 * }</pre>
 *
 * <p>Needs OpenTelemetry's SDK. Never throws; safe for use by several threads.
 */
public final class NamedReadSpanProcessor implements SpanProcessor {
  private static final Logger logger = LoggerFactory.getLogger(NamedReadSpanProcessor.class);

  private static final Set<String> CACHES = Set.of("redis", "valkey", "memcached");

  private volatile boolean failureTold;

  @Override
  public void onStart(Context parentContext, ReadWriteSpan span) {
    try {
      RunningRead read = RunningRead.of(parentContext);
      if (read == null) {
        return;
      }
      String system = DatabaseSpan.system(span);
      if (system != null && !CACHES.contains(system)) {
        span.setAttribute(SpanwiseAttributes.DB_QUERY_SUMMARY, read.name());
        span.updateName(read.name());
      }
    } catch (Throwable e) {
      if (!failureTold) {
        failureTold = true;
        logger.warn("A database span was not named after its read", e);
      }
    }
  }

  @Override
  public boolean isStartRequired() {
    return true;
  }

  @Override
  public void onEnd(ReadableSpan span) {}

  @Override
  public boolean isEndRequired() {
    return false;
  }
}

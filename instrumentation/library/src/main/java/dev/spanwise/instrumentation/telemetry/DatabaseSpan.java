package dev.spanwise.instrumentation.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.ReadableSpan;
import org.jspecify.annotations.Nullable;

/**
 * Tells the span of a call to a database from others. OpenTelemetry's API shows neither the kind
 * nor the attributes of a span, its SDK does: a span that is not the SDK's is taken for another.
 */
public final class DatabaseSpan {
  private static final AttributeKey<String> DB_SYSTEM_NAME =
      AttributeKey.stringKey("db.system.name");

  /** As it was before the <a href="https://opentelemetry.io/docs/specs/semconv/db/">stable</a>. */
  private static final AttributeKey<String> DB_SYSTEM = AttributeKey.stringKey("db.system");

  private static final boolean SDK_IS_THERE = isSdkThere();

  private DatabaseSpan() {}

  private static boolean isSdkThere() {
    try {
      return ReadableSpan.class.isInterface();
    } catch (LinkageError e) {
      return false;
    }
  }

  /** Which database the span calls, such as {@code postgresql}; null if it calls none. */
  public static @Nullable String system(Span span) {
    return SDK_IS_THERE && span instanceof ReadableSpan readable ? system(readable) : null;
  }

  private static @Nullable String system(ReadableSpan span) {
    if (span.getKind() != SpanKind.CLIENT) {
      return null;
    }
    String stable = span.getAttribute(DB_SYSTEM_NAME);
    return stable != null ? stable : span.getAttribute(DB_SYSTEM);
  }
}

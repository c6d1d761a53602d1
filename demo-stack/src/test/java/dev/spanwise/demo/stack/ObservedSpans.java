package dev.spanwise.demo.stack;

import dev.spanwise.telemetry.ObservedSpan;
import dev.spanwise.telemetry.SpanKind;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps the spans of several services; the first of them to end does not end it. */
final class ObservedSpans implements SpanExporter {
  private final Queue<ObservedSpan> spans = new ConcurrentLinkedQueue<>();

  List<ObservedSpan> all() {
    return List.copyOf(spans);
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> exported) {
    exported.forEach(span -> spans.add(observed(span)));
    return CompletableResultCode.ofSuccess();
  }

  private static ObservedSpan observed(SpanData span) {
    Map<String, Object> attributes = new HashMap<>();
    span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
    return new ObservedSpan(
        span.getInstrumentationScopeInfo().getName(),
        span.getName(),
        SpanKind.valueOf(span.getKind().name()),
        attributes);
  }

  @Override
  public CompletableResultCode flush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }
}

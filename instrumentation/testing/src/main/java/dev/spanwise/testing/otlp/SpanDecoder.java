package dev.spanwise.testing.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads the spans of OTLP. */
final class SpanDecoder {
  private SpanDecoder() {}

  static List<ExportedSpan> decode(ExportTraceServiceRequest request) {
    List<ExportedSpan> spans = new ArrayList<>();
    for (ResourceSpans ofResource : request.getResourceSpansList()) {
      Attributes resource = AttributeDecoder.decode(ofResource.getResource().getAttributesList());
      for (ScopeSpans ofScope : ofResource.getScopeSpansList()) {
        Scope scope = scope(ofScope.getScope());
        for (Span span : ofScope.getSpansList()) {
          spans.add(span(span, resource, scope));
        }
      }
    }
    return spans;
  }

  static Scope scope(InstrumentationScope scope) {
    return new Scope(scope.getName(), scope.getVersion());
  }

  static String hexadecimal(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  private static ExportedSpan span(Span span, Attributes resource, Scope scope) {
    return new ExportedSpan(
        span.getName(),
        kind(span.getKind()),
        hexadecimal(span.getTraceId()),
        hexadecimal(span.getSpanId()),
        span.getParentSpanId().isEmpty() ? null : hexadecimal(span.getParentSpanId()),
        time(span.getStartTimeUnixNano()),
        time(span.getEndTimeUnixNano()),
        AttributeDecoder.decode(span.getAttributesList()),
        span.getEventsList().stream()
            .map(
                event ->
                    new ExportedSpan.Event(
                        event.getName(),
                        time(event.getTimeUnixNano()),
                        AttributeDecoder.decode(event.getAttributesList())))
            .toList(),
        span.getLinksList().stream()
            .map(
                link ->
                    new ExportedSpan.Link(
                        hexadecimal(link.getTraceId()),
                        hexadecimal(link.getSpanId()),
                        AttributeDecoder.decode(link.getAttributesList())))
            .toList(),
        status(span.getStatus()),
        span.getStatus().getMessage(),
        resource,
        scope);
  }

  // What a receiver does not know is INTERNAL to it, by the definition of the field.
  private static SpanKind kind(Span.SpanKind kind) {
    return switch (kind) {
      case SPAN_KIND_SERVER -> SpanKind.SERVER;
      case SPAN_KIND_CLIENT -> SpanKind.CLIENT;
      case SPAN_KIND_PRODUCER -> SpanKind.PRODUCER;
      case SPAN_KIND_CONSUMER -> SpanKind.CONSUMER;
      case SPAN_KIND_INTERNAL, SPAN_KIND_UNSPECIFIED, UNRECOGNIZED -> SpanKind.INTERNAL;
    };
  }

  private static StatusCode status(Status status) {
    return switch (status.getCode()) {
      case STATUS_CODE_OK -> StatusCode.OK;
      case STATUS_CODE_ERROR -> StatusCode.ERROR;
      case STATUS_CODE_UNSET, UNRECOGNIZED -> StatusCode.UNSET;
    };
  }

  private static Instant time(long nanosSinceEpoch) {
    return Instant.EPOCH.plusNanos(nanosSinceEpoch);
  }
}

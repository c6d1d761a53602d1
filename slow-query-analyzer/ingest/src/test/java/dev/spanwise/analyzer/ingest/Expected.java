package dev.spanwise.analyzer.ingest;

import com.google.protobuf.ByteString;
import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.trace.DatabaseSystem;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanKind;
import dev.spanwise.analyzer.trace.TraceId;
import dev.spanwise.instrumentation.fingerprint.Statement;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The spans of a request as protobuf's generated classes tell them. */
final class Expected {

  private Expected() {}

  static List<Span> spans(ExportTraceServiceRequest request) {
    List<Span> spans = new ArrayList<>();
    for (ResourceSpans resource : request.getResourceSpansList()) {
      String service = text(resource.getResource().getAttributesList(), "service.name");
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        scope.getSpansList().forEach(span -> spans.add(span(span, service)));
      }
    }
    return spans;
  }

  private static Span span(io.opentelemetry.proto.trace.v1.Span span, @Nullable String service) {
    int kindNumber = span.getKindValue();
    SpanKind kind =
        kindNumber > 5 ? SpanKind.UNSPECIFIED : List.of(SpanKind.values()).get(kindNumber);
    List<KeyValue> attributes = span.getAttributesList();
    String method = either(attributes, "http.request.method", "http.method");
    String route = text(attributes, "http.route");
    boolean hasRoute = kind == SpanKind.SERVER && method != null && route != null;
    return new Span(
        new TraceId(word(span.getTraceId(), 0), word(span.getTraceId(), 8)),
        word(span.getSpanId(), 0),
        span.getParentSpanId().isEmpty() ? 0 : word(span.getParentSpanId(), 0),
        service,
        span.getName(),
        kind,
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        span.getStatus().getCodeValue() == 2,
        hasRoute ? method + " " + route : null,
        text(attributes, "spanwise.read.name"),
        call(attributes));
  }

  private static @Nullable DatabaseCall call(List<KeyValue> attributes) {
    String system = either(attributes, "db.system.name", "db.system");
    if (system == null) {
      return null;
    }
    String sql = either(attributes, "db.query.text", "db.statement");
    boolean isSql = system.equals("postgresql") || system.equals("mysql");
    DatabaseSystem known =
        switch (system) {
          case "postgresql" -> DatabaseSystem.POSTGRESQL;
          case "mongodb" -> DatabaseSystem.MONGODB;
          default -> DatabaseSystem.OTHER;
        };
    return new DatabaseCall(
        known, isSql && sql != null ? Statement.of(sql) : null, pid(attributes));
  }

  private static @Nullable Integer pid(List<KeyValue> attributes) {
    Integer pid = null;
    for (KeyValue attribute : attributes) {
      if (attribute.getKey().equals("postgresql.pid")) {
        AnyValue value = attribute.getValue();
        long number = value.hasIntValue() ? value.getIntValue() : 0;
        if (value.hasStringValue() && value.getStringValue().matches("[0-9]{1,18}")) {
          number = Long.parseLong(value.getStringValue());
        }
        pid = number > 0 && number <= Integer.MAX_VALUE ? (Integer) (int) number : null;
      }
    }
    return pid;
  }

  private static @Nullable String either(List<KeyValue> attributes, String key, String older) {
    String text = text(attributes, key);
    return text == null ? text(attributes, older) : text;
  }

  /** Of equal keys the last counts; a value that is no text, or an empty one, counts as none. */
  private static @Nullable String text(List<KeyValue> attributes, String key) {
    return attributes.stream()
        .filter(attribute -> attribute.getKey().equals(key))
        .map(attribute -> attribute.getValue().getStringValue())
        .reduce((first, second) -> second)
        .filter(text -> !Objects.equals(text, ""))
        .orElse(null);
  }

  private static long word(ByteString id, int offset) {
    return id.asReadOnlyByteBuffer().getLong(offset);
  }
}

package dev.spanwise.analyzer.ingest;

import com.google.protobuf.ByteString;
import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.trace.DatabaseSystem;
import dev.spanwise.analyzer.trace.Messaging;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanKind;
import dev.spanwise.analyzer.trace.SpanLink;
import dev.spanwise.analyzer.trace.SpanLinks;
import dev.spanwise.analyzer.trace.TraceId;
import dev.spanwise.instrumentation.fingerprint.Statement;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        name(span.getName(), attributes),
        kind,
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        span.getStatus().getCodeValue() == 2,
        hasRoute ? method + " " + route : null,
        text(attributes, "spanwise.read.name"),
        call(attributes),
        messaging(attributes),
        links(span.getLinksList()));
  }

  private static String name(String name, List<KeyValue> attributes) {
    boolean statementAlone =
        either(attributes, "db.system.name", "db.system") == null
            && either(attributes, "db.query.text", "db.statement") != null;
    return statementAlone ? "database call" : name;
  }

  private static @Nullable Messaging messaging(List<KeyValue> attributes) {
    String system = text(attributes, "messaging.system");
    return system == null
        ? null
        : new Messaging(
            system,
            either(attributes, "messaging.operation.name", "messaging.operation"),
            text(attributes, "messaging.destination.name"),
            either(attributes, "messaging.consumer.group.name", "messaging.kafka.consumer.group"));
  }

  private static SpanLinks links(List<Link> links) {
    List<SpanLink> valid =
        links.stream()
            .filter(link -> link.getTraceId().size() == 16 && link.getSpanId().size() == 8)
            .map(
                link ->
                    new SpanLink(
                        new TraceId(word(link.getTraceId(), 0), word(link.getTraceId(), 8)),
                        word(link.getSpanId(), 0)))
            .limit(SpanLinks.MOST)
            .toList();
    return new SpanLinks(valid, links.size() - valid.size());
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
    Statement statement = isSql && sql != null ? Statement.of(sql) : null;
    return new DatabaseCall(
        known,
        statement,
        statement == null ? command(system, attributes) : null,
        pid(attributes),
        statement == null || sql == null ? null : SentStatement.of(sql).hash(),
        rows(attributes));
  }

  private static @Nullable String command(String system, List<KeyValue> attributes) {
    String name = "[A-Za-z._-]{1,40}";
    String operation = either(attributes, "db.operation.name", "db.operation");
    String shown =
        Stream.of(system, operation == null ? "" : operation)
            .filter(text -> text.matches(name))
            .collect(Collectors.joining(" "));
    return shown.isEmpty() ? null : shown;
  }

  private static @Nullable Integer pid(List<KeyValue> attributes) {
    long pid = number(attributes, "postgresql.pid");
    return pid > 0 && pid <= Integer.MAX_VALUE ? (Integer) (int) pid : null;
  }

  private static @Nullable Long rows(List<KeyValue> attributes) {
    long rows = number(attributes, "db.response.returned_rows");
    return rows > 0 ? (Long) rows : null;
  }

  /** Of equal keys the last counts; 0 where it is no number. */
  private static long number(List<KeyValue> attributes, String key) {
    long number = 0;
    for (KeyValue attribute : attributes) {
      if (attribute.getKey().equals(key)) {
        AnyValue value = attribute.getValue();
        number = value.hasIntValue() ? value.getIntValue() : 0;
        if (value.hasStringValue() && value.getStringValue().matches("[0-9]{1,18}")) {
          number = Long.parseLong(value.getStringValue());
        }
      }
    }
    return number;
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

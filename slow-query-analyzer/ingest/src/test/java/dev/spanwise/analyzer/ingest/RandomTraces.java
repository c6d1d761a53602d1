package dev.spanwise.analyzer.ingest;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.List;
import java.util.random.RandomGenerator;

/** Valid requests of every shape that the decoders are to cope with. */
final class RandomTraces {

  private static final List<String> KEYS =
      List.of(
          "http.route",
          "http.request.method",
          "http.method",
          "http.target",
          "db.system.name",
          "db.system",
          "db.query.text",
          "db.statement",
          "db.operation.name",
          "db.operation",
          "messaging.system",
          "messaging.operation.name",
          "messaging.operation",
          "messaging.destination.name",
          "messaging.consumer.group.name",
          "messaging.kafka.consumer.group",
          "postgresql.pid",
          "db.response.returned_rows",
          "spanwise.read.name",
          "service.name",
          "db.namespace",
          "x",
          "");
  private static final List<String> TEXTS =
      List.of(
          "",
          "GET",
          "POST",
          "/accounts/{id}",
          "postgresql",
          "mongodb",
          "mysql",
          "redis",
          "SELECT * FROM account WHERE id = $1",
          "{\"find\": \"account\"}",
          "ünïcode \uD83D\uDE00",
          "4711",
          "not a number",
          "99999999999",
          "line\nbreak \"quoted\" \\ \t");

  private final RandomGenerator random;

  RandomTraces(RandomGenerator random) {
    this.random = random;
  }

  ExportTraceServiceRequest request() {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      ResourceSpans.Builder spans = ResourceSpans.newBuilder();
      if (random.nextInt(4) > 0) {
        Resource.Builder resource = Resource.newBuilder();
        for (int j = random.nextInt(4); j > 0; j--) {
          resource.addAttributes(attribute());
        }
        spans.setResource(resource);
      }
      for (int j = random.nextInt(3); j > 0; j--) {
        ScopeSpans.Builder scope =
            ScopeSpans.newBuilder()
                .setScope(InstrumentationScope.newBuilder().setName("scope").setVersion("1"));
        for (int k = random.nextInt(5); k > 0; k--) {
          scope.addSpans(span());
        }
        spans.addScopeSpans(scope.setSchemaUrl("https://example.org/schema"));
      }
      request.addResourceSpans(spans);
    }
    return request.build();
  }

  Span span() {
    long start = random.nextLong(1, Long.MAX_VALUE / 2);
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(id(16))
            .setSpanId(id(8))
            .setName(TEXTS.get(random.nextInt(TEXTS.size())))
            .setKindValue(random.nextInt(8))
            .setStartTimeUnixNano(start)
            .setEndTimeUnixNano(start + random.nextLong(Long.MAX_VALUE / 2))
            .setTraceState("a=b")
            .setFlags(random.nextInt())
            .setDroppedAttributesCount(random.nextInt(3))
            .addEvents(Span.Event.newBuilder().setName("event").addAttributes(attribute()))
            .addLinks(Span.Link.newBuilder().setTraceId(id(16)).setSpanId(id(8)));
    for (int i = random.nextInt(4) == 0 ? random.nextInt(20) : 0; i > 0; i--) {
      // Some name no span: an id of another length, or none.
      span.addLinks(
          Span.Link.newBuilder()
              .setTraceId(id(random.nextInt(8) == 0 ? 15 : 16))
              .setSpanId(random.nextInt(8) == 0 ? ByteString.EMPTY : id(8))
              .setTraceState("c=d")
              .addAttributes(attribute()));
    }
    if (random.nextBoolean()) {
      span.setParentSpanId(id(8));
    }
    if (random.nextBoolean()) {
      span.setStatus(Status.newBuilder().setMessage("why").setCodeValue(random.nextInt(3)));
    }
    for (int i = random.nextInt(8); i > 0; i--) {
      span.addAttributes(attribute());
    }
    return span.build();
  }

  private KeyValue attribute() {
    return KeyValue.newBuilder()
        .setKey(KEYS.get(random.nextInt(KEYS.size())))
        .setValue(value(3))
        .build();
  }

  private AnyValue value(int depth) {
    AnyValue.Builder value = AnyValue.newBuilder();
    return switch (random.nextInt(depth == 0 ? 9 : 11)) {
      case 0 -> value.setBoolValue(true).build();
      case 1 -> value.setDoubleValue(random.nextDouble()).build();
      case 2 -> value.build();
      case 3, 4 -> value.setIntValue(random.nextLong(-5, 100_000)).build();
      case 9 -> value.setArrayValue(ArrayValue.newBuilder().addValues(value(depth - 1))).build();
      case 10 ->
          value
              .setKvlistValue(
                  KeyValueList.newBuilder()
                      .addValues(
                          KeyValue.newBuilder().setKey("db.system").setValue(value(depth - 1))))
              .build();
      default -> value.setStringValue(TEXTS.get(random.nextInt(TEXTS.size()))).build();
    };
  }

  private ByteString id(int length) {
    byte[] id = new byte[length];
    random.nextBytes(id);
    id[0] |= 1;
    return ByteString.copyFrom(id);
  }
}

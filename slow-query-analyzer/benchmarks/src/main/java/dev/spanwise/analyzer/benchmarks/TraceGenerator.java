package dev.spanwise.analyzer.benchmarks;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Spans like those of a read API under load: for each request a server span, the span of a named
 * read below it, and 1 to 20 JDBC spans with ten attributes below that; one in eight publishes a
 * message. In batches of 512 from three services whose resources have 16 attributes. The same seed
 * gives the same spans.
 */
final class TraceGenerator {

  static final int BATCH = 512;

  private static final int SERVICES = 3;
  private static final int STATEMENTS = 200;
  private static final int ROUTES = 40;
  private static final int REQUESTS_PER_MESSAGE = 8;

  private final SplittableRandom random;
  private final List<Resource> resources = new ArrayList<>();
  private final List<String> statements = new ArrayList<>();
  private final List<Span> waiting = new ArrayList<>();
  private long nowNanos = 1_780_000_000_000_000_000L;
  private int batches;

  TraceGenerator(long seed) {
    random = new SplittableRandom(seed);
    for (int i = 0; i < SERVICES; i++) {
      resources.add(resource(i));
    }
    for (int i = 0; i < STATEMENTS; i++) {
      statements.add(statement(i));
    }
  }

  /** The next batch of {@value #BATCH} spans; a trace may go on in the batch after it. */
  ExportTraceServiceRequest next() {
    while (waiting.size() < BATCH) {
      addTrace();
    }
    List<Span> batch = waiting.subList(0, BATCH);
    ResourceSpans.Builder spans =
        ResourceSpans.newBuilder()
            .setResource(resources.get(batches++ % SERVICES))
            .addScopeSpans(
                ScopeSpans.newBuilder()
                    .setScope(
                        InstrumentationScope.newBuilder()
                            .setName("io.opentelemetry.jdbc")
                            .setVersion("2.33.1"))
                    .addAllSpans(batch));
    ExportTraceServiceRequest request =
        ExportTraceServiceRequest.newBuilder().addResourceSpans(spans).build();
    batch.clear();
    return request;
  }

  private void addTrace() {
    ByteString traceId = id(random.nextLong() | 1, random.nextLong());
    int routeNumber = random.nextInt(ROUTES);
    String route = "/accounts/{accountId}/positions/" + routeNumber + "/{positionId}";
    long start = nowNanos;
    nowNanos += random.nextLong(20_000_000);
    Span.Builder server =
        span(traceId, ByteString.EMPTY, "GET " + route, Span.SpanKind.SPAN_KIND_SERVER)
            .addAttributes(text("http.request.method", "GET"))
            .addAttributes(text("http.route", route))
            .addAttributes(text("url.scheme", "https"))
            .addAttributes(
                text("url.path", "/accounts/" + random.nextInt(1_000_000) + "/positions"))
            .addAttributes(text("server.address", "read-api.internal"))
            .addAttributes(number("server.port", 8080))
            .addAttributes(number("http.response.status_code", 200))
            .addAttributes(text("network.protocol.version", "1.1"))
            .addAttributes(text("user_agent.original", "Mozilla/5.0 (X11; Linux x86_64)"))
            .addAttributes(text("client.address", "10.1.2." + random.nextInt(256)));
    Span.Builder read =
        span(traceId, server.getSpanId(), "read " + routeNumber, Span.SpanKind.SPAN_KIND_INTERNAL)
            .addAttributes(text("spanwise.read.name", "accountPositions" + routeNumber))
            .addAttributes(number("spanwise.read.rows", random.nextInt(500)));
    long at = start + 100_000;
    for (int calls = 1 + random.nextInt(20); calls > 0; calls--) {
      long end = at + 200_000 + random.nextLong(3_000_000);
      waiting.add(timed(call(traceId, read.getSpanId(), routeNumber), at, end));
      at = end + 20_000;
    }
    if (random.nextInt(REQUESTS_PER_MESSAGE) == 0) {
      addMessage(traceId, server.getSpanId(), at);
    }
    waiting.add(timed(read, start + 50_000, at));
    waiting.add(timed(server, start, at + 50_000));
  }

  /** A message and its consumer, every other time in a trace of its own that links to it. */
  private void addMessage(ByteString traceId, ByteString parent, long at) {
    Span.Builder publish = message(traceId, parent, "publish", Span.SpanKind.SPAN_KIND_PRODUCER);
    waiting.add(timed(publish, at, at + 300_000));
    boolean links = random.nextBoolean();
    Span.Builder process =
        message(
                links ? id(random.nextLong() | 1, random.nextLong()) : traceId,
                links ? ByteString.EMPTY : publish.getSpanId(),
                "process",
                Span.SpanKind.SPAN_KIND_CONSUMER)
            .addAttributes(text("messaging.consumer.group.name", "positions"));
    if (links) {
      process.addLinks(Span.Link.newBuilder().setTraceId(traceId).setSpanId(publish.getSpanId()));
    }
    waiting.add(timed(process, at + 500_000, at + 4_000_000));
  }

  private Span.Builder message(
      ByteString traceId, ByteString parent, String operation, Span.SpanKind kind) {
    return span(traceId, parent, operation + " POSITIONS", kind)
        .addAttributes(text("messaging.system", "nats"))
        .addAttributes(text("messaging.operation.name", operation))
        .addAttributes(text("messaging.destination.name", "positions.changed"));
  }

  private Span.Builder call(ByteString traceId, ByteString parent, int routeNumber) {
    int number = (routeNumber * 5 + random.nextInt(5)) % STATEMENTS;
    return span(traceId, parent, "SELECT position_" + number, Span.SpanKind.SPAN_KIND_CLIENT)
        .addAttributes(text("db.system.name", "postgresql"))
        .addAttributes(text("db.namespace", "positions"))
        .addAttributes(text("db.query.text", statements.get(number)))
        .addAttributes(text("db.operation.name", "SELECT"))
        .addAttributes(text("db.collection.name", "position_" + number))
        .addAttributes(text("server.address", "postgres-0.internal"))
        .addAttributes(number("server.port", 5432))
        .addAttributes(number("postgresql.pid", 1000 + random.nextInt(20)))
        .addAttributes(number("thread.id", random.nextInt(64)))
        .addAttributes(text("thread.name", "http-nio-8080-exec-" + random.nextInt(64)));
  }

  private Span.Builder span(
      ByteString traceId, ByteString parent, String name, Span.SpanKind kind) {
    return Span.newBuilder()
        .setTraceId(traceId)
        .setSpanId(id(random.nextLong() | 1))
        .setParentSpanId(parent)
        .setName(name)
        .setKind(kind)
        .setFlags(0x101)
        .setStatus(Status.getDefaultInstance());
  }

  private static Span timed(Span.Builder span, long startNanos, long endNanos) {
    return span.setStartTimeUnixNano(startNanos).setEndTimeUnixNano(endNanos).build();
  }

  private static Resource resource(int number) {
    Resource.Builder resource = Resource.newBuilder();
    resource.addAttributes(text("service.name", "read-api-" + number));
    for (String key :
        List.of(
            "service.namespace",
            "service.version",
            "service.instance.id",
            "host.name",
            "host.arch",
            "os.type",
            "os.description",
            "process.runtime.name",
            "process.runtime.version",
            "process.command_line",
            "telemetry.sdk.name",
            "telemetry.sdk.language",
            "telemetry.sdk.version",
            "k8s.pod.name",
            "container.id")) {
      resource.addAttributes(text(key, "value-of-" + key + "-" + number));
    }
    return resource.build();
  }

  private static String statement(int number) {
    return "SELECT p.id, p.account_id, p.instrument_id, p.quantity, p.average_price, i.symbol FROM"
        + " position_"
        + number
        + " p JOIN instrument i ON i.id = p.instrument_id WHERE p.account_id = $1 AND"
        + " p.closed_at IS NULL AND p.quantity > $2 ORDER BY p.opened_at DESC LIMIT $3";
  }

  private static KeyValue text(String key, String value) {
    return attribute(key, AnyValue.newBuilder().setStringValue(value));
  }

  private static KeyValue number(String key, long value) {
    return attribute(key, AnyValue.newBuilder().setIntValue(value));
  }

  private static KeyValue attribute(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static ByteString id(long... words) {
    ByteBuffer buffer = ByteBuffer.allocate(words.length * Long.BYTES);
    for (long word : words) {
      buffer.putLong(word);
    }
    return ByteString.copyFrom(buffer.flip());
  }
}

package dev.spanwise.analyzer.ingest;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Arrays;
import java.util.HexFormat;

/** Small requests for tests. */
final class SampleTraces {

  private SampleTraces() {}

  /** Two valid database calls of one service. */
  static ExportTraceServiceRequest twoCalls() {
    return request(call("00000000000000a1").build(), call("00000000000000a2").build());
  }

  static ExportTraceServiceRequest request(Span... spans) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(text("service.name", "accounts")))
                .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(Arrays.asList(spans))))
        .build();
  }

  static Span.Builder call(String spanId) {
    return Span.newBuilder()
        .setTraceId(id("0123456789abcdef0123456789abcdef"))
        .setSpanId(id(spanId))
        .setName("SELECT account")
        .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
        .setStartTimeUnixNano(1_000_000_000)
        .setEndTimeUnixNano(1_005_000_000)
        .addAttributes(text("db.system.name", "postgresql"))
        .addAttributes(text("db.query.text", "SELECT * FROM account WHERE id = $1"))
        .addAttributes(
            KeyValue.newBuilder()
                .setKey("postgresql.pid")
                .setValue(AnyValue.newBuilder().setIntValue(4711)));
  }

  static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  static ByteString id(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }
}

package dev.spanwise.analyzer.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.trace.DatabaseSystem;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanKind;
import dev.spanwise.instrumentation.fingerprint.Statement;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the exporters of the OpenTelemetry SDK, over the network. */
class OtlpReceiverTest {

  private static final int SPANS = 2_000;
  private static final String SQL = "SELECT * FROM account WHERE id = $1";
  private static final DatabaseCall CALL =
      new DatabaseCall(DatabaseSystem.POSTGRESQL, Statement.of(SQL), null, 4711);

  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final List<Rejection> rejections = new CopyOnWriteArrayList<>();
  private final OtlpReceiver receiver =
      OtlpReceiver.builder(spans::add, rejections::add).grpcPort(0).httpPort(0).start();

  @AfterEach
  void stop() {
    receiver.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "none"})
  void takesSpansOverGrpc(String compression) {
    export(
        OtlpGrpcSpanExporter.builder()
            .setEndpoint("http://127.0.0.1:" + receiver.grpcPort())
            .setCompression(compression)
            .build());
    requireSpans();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "none"})
  void takesSpansOverHttp(String compression) {
    export(
        OtlpHttpSpanExporter.builder()
            .setEndpoint("http://127.0.0.1:" + receiver.httpPort() + "/v1/traces")
            .setCompression(compression)
            .build());
    requireSpans();
  }

  @Test
  void finishesRequestsWhenItIsClosed() {
    SpanExporter exporter =
        OtlpGrpcSpanExporter.builder()
            .setEndpoint("http://127.0.0.1:" + receiver.grpcPort())
            .build();
    export(exporter);
    receiver.close();
    receiver.close();
    assertThat(receiver.spansReceived()).isEqualTo(SPANS);
  }

  private static void export(SpanExporter exporter) {
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(Resource.builder().put("service.name", "accounts").build())
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter).setMaxQueueSize(2 * SPANS).build())
            .build()) {
      Tracer tracer = provider.get("test");
      for (int i = 0; i < SPANS; i++) {
        tracer
            .spanBuilder("SELECT account")
            .setSpanKind(io.opentelemetry.api.trace.SpanKind.CLIENT)
            .setAttribute("db.system.name", "postgresql")
            .setAttribute("db.query.text", SQL)
            .setAttribute("postgresql.pid", 4711L)
            .startSpan()
            .end();
      }
      CompletableResultCode result = provider.forceFlush().join(20, TimeUnit.SECONDS);
      assertThat(result.isSuccess()).isTrue();
    }
  }

  private void requireSpans() {
    assertThat(rejections).isEmpty();
    assertThat(spans)
        .hasSize(SPANS)
        .allSatisfy(
            span -> {
              assertThat(span.service()).isEqualTo("accounts");
              assertThat(span.kind()).isEqualTo(SpanKind.CLIENT);
              assertThat(span.isRoot()).isTrue();
              assertThat(span.call()).isEqualTo(CALL);
            });
    assertThat(receiver.spansReceived()).isEqualTo(SPANS);
    assertThat(receiver.requestsRefused()).isZero();
  }
}

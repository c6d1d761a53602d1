package dev.spanwise.analyzer.corpus;

import dev.spanwise.analyzer.ingest.OtlpReceiver;
import dev.spanwise.analyzer.input.Rejections;
import dev.spanwise.analyzer.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The spans of OpenTelemetry's SDK, exported over OTLP and received by the analyzer. */
final class RecordedSpans implements AutoCloseable {

  private static final int QUEUED_SPANS = 50_000;

  private final List<Span> spans = new ArrayList<>();
  private final Rejections rejections = new Rejections();
  private final OtlpReceiver receiver =
      OtlpReceiver.builder(this::take, rejections).grpcPort(0).httpPort(0).start();
  private final SdkTracerProvider provider;

  RecordedSpans(String service) {
    provider =
        SdkTracerProvider.builder()
            .setResource(Resource.builder().put("service.name", service).build())
            .addSpanProcessor(
                BatchSpanProcessor.builder(
                        OtlpGrpcSpanExporter.builder()
                            .setEndpoint("http://127.0.0.1:" + receiver.grpcPort())
                            .build())
                    .setMaxQueueSize(QUEUED_SPANS)
                    .build())
            .build();
  }

  Tracer tracer() {
    return provider.get("dev.spanwise.analyzer.corpus");
  }

  /** All that ended so far. */
  List<Span> exported() {
    provider.forceFlush().join(30, TimeUnit.SECONDS);
    synchronized (spans) {
      return List.copyOf(spans);
    }
  }

  Rejections rejections() {
    return rejections;
  }

  private void take(Span span) {
    synchronized (spans) {
      spans.add(span);
    }
  }

  @Override
  public void close() {
    provider.close();
    receiver.close();
  }
}

package dev.spanwise.testing.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The README's example. */
class CollectorExampleTest {

  @Test
  void receivesWhatAnApplicationExports() {
    // README
    try (OtlpCollector collector = OtlpCollector.start()) {
      startApplication(collector.endpoint());
      Telemetry telemetry =
          collector.await(t -> !t.spans("process ORDERS").isEmpty(), Duration.ofSeconds(10));
      ExportedSpan process = telemetry.spans("process ORDERS").get(0);
      assertThat(process.kind()).isEqualTo(SpanKind.CONSUMER);
    }
    // README
  }

  private static void startApplication(String endpoint) {
    SimpleSpanProcessor processor =
        SimpleSpanProcessor.builder(
                OtlpHttpSpanExporter.builder().setEndpoint(endpoint + "/v1/traces").build())
            .build();
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder().addSpanProcessor(processor).build()) {
      provider
          .get("application")
          .spanBuilder("process ORDERS")
          .setSpanKind(SpanKind.CONSUMER)
          .startSpan()
          .end();
    }
  }
}

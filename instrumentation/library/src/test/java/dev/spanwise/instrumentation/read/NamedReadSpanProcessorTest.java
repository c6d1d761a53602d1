package dev.spanwise.instrumentation.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import dev.spanwise.testing.server.PostgresServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedReadSpanProcessorTest {
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(new NamedReadSpanProcessor())
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .build();
  private final Tracer tracer = sdk.getTracer("test");
  private final NamedReads reads = NamedReads.create(Telemetry.of(sdk, new SimpleMeterRegistry()));

  @ParameterizedTest
  @CsvSource({
    "CLIENT, db.system.name, postgresql, feed",
    "CLIENT, db.system, postgresql, feed",
    "CLIENT, db.system.name, mysql, feed",
    "CLIENT, db.system.name, redis, SELECT",
    "CLIENT, rpc.system, grpc, SELECT",
    "INTERNAL, db.system.name, postgresql, SELECT",
    "SERVER, db.system.name, postgresql, SELECT"
  })
  void databaseSpansAloneAreNamedAfterTheRead(
      SpanKind kind, String key, String system, String name) {
    reads.named("feed").call(read -> span(kind, key, system));

    SpanData child = spans.getFinishedSpanItems().get(0);
    assertThat(child.getName()).isEqualTo(name);
    assertThat(child.getAttributes().get(SpanwiseAttributes.DB_QUERY_SUMMARY))
        .isEqualTo(name.equals("feed") ? "feed" : null);
  }

  @Test
  void theInnermostReadNamesThem() {
    reads
        .named("outer")
        .call(
            outer -> {
              reads.named("inner").call(inner -> span(SpanKind.CLIENT, "db.system", "postgresql"));
              return span(SpanKind.CLIENT, "db.system", "postgresql");
            });

    assertThat(spans.getFinishedSpanItems())
        .extracting(SpanData::getName)
        .containsExactly("inner", "inner", "outer", "outer");
  }

  @Test
  void outsideOfAReadTheyKeepTheirNames() {
    span(SpanKind.CLIENT, "db.system.name", "postgresql");

    assertThat(spans.getFinishedSpanItems().get(0).getName()).isEqualTo("SELECT");
  }

  /** The JDBC instrumentation reads its mode once for a JVM: each mode gets one. */
  @ParameterizedTest
  @CsvSource({"database, db.system.name", "'', db.system"})
  void theSpansOfOpenTelemetrysJdbcInstrumentationAreNamedInBothModes(
      String stability, String systemKey) throws Exception {
    try (PostgresServer server = PostgresServer.embedded()) {
      assertThat(inOwnJvm(stability, server.jdbcUrl(), systemKey))
          .containsExactly("watchlist watchlist watchlist postgresql true");
    }
  }

  private static List<String> inOwnJvm(String stability, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dotel.semconv-stability.opt-in=" + stability,
                TracedRead.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }

  private boolean span(SpanKind kind, String key, String system) {
    tracer.spanBuilder("SELECT").setSpanKind(kind).setAttribute(key, system).startSpan().end();
    return true;
  }
}

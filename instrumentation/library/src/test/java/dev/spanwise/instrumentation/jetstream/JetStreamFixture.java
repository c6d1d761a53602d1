package dev.spanwise.instrumentation.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import dev.spanwise.testing.server.NatsServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/**
 * A stream {@code ORDERS} on a real server, with a consumer {@code projector}, and what is seen.
 */
final class JetStreamFixture implements AutoCloseable {
  static final String SUBJECT = "orders.new";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final NatsServer server = NatsServer.start();
  final InMemorySpanExporter spans = InMemorySpanExporter.create();
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .setPropagators(
              ContextPropagators.create(
                  TextMapPropagator.composite(
                      W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance())))
          .build();
  final Telemetry telemetry = Telemetry.of(sdk, registry);
  final JetStreamTelemetry jetStream = JetStreamTelemetry.create(telemetry);
  final Connection plain;

  JetStreamFixture() throws Exception {
    plain =
        Nats.connect(
            Options.builder()
                .server(server.url())
                .reconnectWait(Duration.ofMillis(50))
                .maxReconnects(-1)
                .build());
    plain
        .jetStreamManagement()
        .addStream(
            StreamConfiguration.builder()
                .name("ORDERS")
                .subjects("orders.>")
                .storageType(StorageType.File)
                .build());
    consumer(
        ConsumerConfiguration.builder()
            .durable("projector")
            .filterSubject(SUBJECT)
            .ackWait(1_000)
            .build());
  }

  void consumer(ConsumerConfiguration configuration) throws Exception {
    plain.jetStreamManagement().addOrUpdateConsumer("ORDERS", configuration);
  }

  ConsumerConfiguration.Builder push(String name, AckPolicy policy) {
    return ConsumerConfiguration.builder()
        .durable(name)
        .filterSubject(SUBJECT)
        .ackWait(1_000)
        .deliverSubject("deliver." + name)
        .ackPolicy(policy);
  }

  /** Acknowledges what is published to a subject in a stream's place. */
  void answer(String subject, Callable<String> acknowledgement) throws Exception {
    plain
        .createDispatcher()
        .subscribe(
            subject,
            message -> {
              try {
                plain.publish(message.getReplyTo(), acknowledgement.call().getBytes(UTF_8));
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    plain.flush(PATIENCE);
  }

  Connection wrapped() {
    return jetStream.wrap(plain);
  }

  /** Publishes within a span {@code request}. */
  void publish(String... bodies) throws Exception {
    Connection connection = wrapped();
    Span request = sdk.getTracer("test").spanBuilder("request").startSpan();
    try (Scope scope = request.makeCurrent()) {
      assertThat(scope).isNotNull();
      for (String body : bodies) {
        connection.jetStream().publish(SUBJECT, body.getBytes(UTF_8));
      }
    } finally {
      request.end();
    }
  }

  /** A span as the application's work with a message makes one. */
  void work() {
    sdk.getTracer("test").spanBuilder("work").setParent(Context.current()).startSpan().end();
  }

  List<SpanData> named(String name) {
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .toList();
  }

  /** The one span of processing a message. */
  SpanData processed() {
    await(() -> !named("process ORDERS").isEmpty());
    assertThat(named("process ORDERS")).hasSize(1);
    return named("process ORDERS").get(0);
  }

  static String settlement(SpanData span) {
    return String.valueOf(
        span.getAttributes().get(SpanwiseAttributes.SPANWISE_JETSTREAM_SETTLEMENT));
  }

  static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - until).as("waiting since %s", PATIENCE).isNegative();
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    try {
      plain.close();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    server.close();
    sdk.close();
  }
}

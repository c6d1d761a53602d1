package dev.spanwise.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.invalidation.InvalidationPublisher;
import dev.spanwise.instrumentation.invalidation.Write;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import dev.spanwise.telemetry.EmittedNames;
import dev.spanwise.telemetry.Emitter;
import dev.spanwise.telemetry.ObservedSeries;
import dev.spanwise.telemetry.ObservedSpan;
import dev.spanwise.telemetry.SpanKind;
import dev.spanwise.telemetry.TelemetryContract;
import dev.spanwise.testing.contract.Exported;
import dev.spanwise.testing.contract.application.InvalidationApplication;
import dev.spanwise.testing.contract.application.ReadApplication;
import dev.spanwise.testing.contract.application.StreamApplication;
import dev.spanwise.testing.otlp.ExportedMetric;
import dev.spanwise.testing.otlp.ExportedSpan;
import dev.spanwise.testing.otlp.MetricPoint;
import dev.spanwise.testing.server.NatsServer;
import dev.spanwise.testing.server.PostgresServer;
import dev.spanwise.testing.server.RedisServer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the extension emits is what telemetry.yaml declares that it does, no more and no less. */
class AgentTelemetryIT {
  private final List<ObservedSpan> spans = new ArrayList<>();
  private final List<ObservedSeries> series = new ArrayList<>();

  @Test
  void whatIsEmittedIsDeclaredAndWhatIsDeclaredIsEmitted() throws Exception {
    queryPostgresql();
    useStreams();
    receiveInvalidations();

    EmittedNames emitted = EmittedNames.compare(TelemetryContract.ofThisVersion(), spans, series);
    assertThat(emitted.violations()).isEmpty();
    assertThat(emitted.neverSeen(Set.of(Emitter.AGENT_EXTENSION))).isEmpty();
  }

  private void queryPostgresql() throws Exception {
    String application = ReadApplication.class.getName();
    AgentProcess process =
        agent()
            .with("otel.instrumentation.methods.include", application + "[query]")
            .with("otel.spanwise.reads", "watchlist=/watchlist,query=ReadApplication.query");
    try (PostgresServer server = PostgresServer.embedded()) {
      observe(process.run(ReadApplication.class, Map.of("jdbc.url", server.jdbcUrl())));
    }
  }

  /** Without the thread that the agent itself writes on every span. */
  private static AgentProcess agent() {
    return new AgentProcess(Agent.NEWEST).with("otel.javaagent.add-thread-details", "false");
  }

  private void useStreams() throws Exception {
    try (NatsServer server = NatsServer.start()) {
      observe(agent().run(StreamApplication.class, Map.of("nats.url", server.url())));
    }
  }

  private void receiveInvalidations() throws Exception {
    InvalidationPublisher publisher =
        InvalidationPublisher.create(Telemetry.of(OpenTelemetry.noop()), "/orders");
    Write first = new Write("orders:7", 1L, Instant.now());
    Write afterAMissedOne = new Write("orders:7", 3L, Instant.now());
    Write failing = new Write("fail", 1L, Instant.now());
    try (RedisServer server = RedisServer.start()) {
      observe(
          agent()
              .run(
                  InvalidationApplication.class,
                  Map.of(
                      "redis.url",
                      "redis://127.0.0.1:" + server.port(),
                      "message.0",
                      publisher.publish("invalidations", first, message -> message),
                      "message.1",
                      publisher.publish("invalidations", afterAMissedOne, message -> message),
                      "message.2",
                      publisher.publish("invalidations", failing, message -> message))));
    }
  }

  private void observe(Exported exported) {
    for (ExportedSpan span : exported.spans()) {
      spans.add(
          new ObservedSpan(
              span.scope().name(),
              span.name(),
              SpanKind.valueOf(span.kind().name()),
              map(span.attributes())));
    }
    for (ExportedMetric metric : exported.telemetry().metrics()) {
      for (MetricPoint point : metric.points()) {
        Map<String, String> labels = new HashMap<>();
        map(point.attributes()).forEach((key, value) -> labels.put(key, value.toString()));
        series.add(new ObservedSeries(metric.name(), metric.unit(), labels));
      }
    }
  }

  private static Map<String, Object> map(Attributes attributes) {
    Map<String, Object> map = new HashMap<>();
    attributes.forEach((key, value) -> map.put(key.getKey(), value));
    return map;
  }
}

package dev.spanwise.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.testing.contract.application.Application;
import dev.spanwise.testing.contract.application.InvalidationApplication;
import dev.spanwise.testing.otlp.ExportedSpan;
import dev.spanwise.testing.otlp.MetricPoint;
import dev.spanwise.testing.server.RedisServer;
import dev.spanwise.testing.server.Servers;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/**
 * Invalidations that arrive are spans of their writers' traces, and their lag is measured. Each
 * arrives on two connections, and is new to either.
 *
 * <p>A subclass is a {@code @ParameterizedClass} whose first argument says where the server runs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class InvalidationContract {
  private static final AttributeKey<String> RESULT =
      AttributeKey.stringKey("spanwise.invalidation.result");
  private static final AttributeKey<Long> VERSION =
      AttributeKey.longKey("spanwise.invalidation.version");
  private static final AttributeKey<String> DESTINATION =
      AttributeKey.stringKey("messaging.destination.name");
  private static final AttributeKey<String> LEG =
      AttributeKey.stringKey("spanwise.invalidation.leg");
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PUBLISHER = "00f067aa0ba902b7";

  /** Where the server runs. */
  @SuppressWarnings("NullAway.Init") // injected
  @Parameter(0)
  Servers servers;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private Exported exported;

  /** Runs the application instrumented. */
  protected abstract Exported run(
      Class<? extends Application> application, Map<String, String> settings) throws Exception;

  /** What the run left behind. */
  protected final Exported exported() {
    return exported;
  }

  @BeforeParameterizedClassInvocation
  void runApplication() throws Exception {
    try (RedisServer server = servers.redis()) {
      exported =
          run(
              InvalidationApplication.class,
              Map.of(
                  "redis.url",
                  server.url(),
                  "message.0",
                  envelope(1),
                  "message.1",
                  envelope(4),
                  "message.2",
                  "orders:7",
                  "message.3",
                  "{\"specversion\":\"1.0\",\"type\":\"dev.spanwise.cache.invalidated\"}",
                  "message.4",
                  envelope("fail", 1),
                  "message.5",
                  envelope(2)));
    }
  }

  private static String envelope(int version) {
    return envelope("orders:7", version);
  }

  private static String envelope(String key, int version) {
    Instant now = Instant.now();
    return """
        {"specversion":"1.0","id":"%1$d","source":"/orders","type":"dev.spanwise.cache.invalidated",\
        "subject":"%6$s","time":"%2$s","recordedtime":"%3$s","sequence":"%1$019d",\
        "traceparent":"00-%4$s-%5$s-01"}"""
        .formatted(version, now.minusSeconds(3), now.minusSeconds(2), TRACE, PUBLISHER, key);
  }

  @Test
  void theApplicationReceivesEachMessageAsItWas() {
    assertThat(exported.output()).containsEntry("received.2", "orders:7");
    assertThat(exported.output().get("received.0")).contains("\"subject\":\"orders:7\"");
    assertThat(exported.output().get("received.4")).contains("\"subject\":\"fail\"");
  }

  @Test
  void anEnvelopesSpanIsAChildOfItsPublishers() {
    List<ExportedSpan> applied = exported.spansWith(RESULT, "applied");

    assertThat(applied).hasSize(4);
    assertThat(applied)
        .allSatisfy(
            span -> {
              assertThat(span.name()).isEqualTo("process invalidations");
              assertThat(span.kind()).isEqualTo(SpanKind.CONSUMER);
              assertThat(span.traceId()).isEqualTo(TRACE);
              assertThat(span.parentSpanId()).isEqualTo(PUBLISHER);
              assertThat(span.attributes().get(DESTINATION)).isEqualTo("invalidations");
            });
    assertThat(applied)
        .extracting(span -> span.attributes().get(VERSION))
        .containsExactlyInAnyOrder(1L, 1L, 4L, 4L);
  }

  @Test
  void whatBecameOfEachEnvelopeIsSaid() {
    Map<String, Integer> results = new HashMap<>();
    exported
        .spansWith(RESULT)
        .forEach(span -> results.merge(span.attributes().get(RESULT), 1, Integer::sum));
    results.remove("plain");
    assertThat(results)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("applied", 4, "malformed", 2, "failed", 2, "out_of_order", 2));
    assertThat(exported.spansWith(RESULT, "failed"))
        .allSatisfy(span -> assertThat(span.status()).isEqualTo(StatusCode.ERROR));
  }

  @Test
  void messagesAreCountedAndGapsOfVersionsAsMissed() {
    assertThat(exported.points("spanwise.invalidation.messages"))
        .extracting(
            point ->
                point.attributes().get(RESULT) + "=" + (int) ((MetricPoint.Value) point).value())
        .containsExactlyInAnyOrder(
            "applied=4", "plain=2", "malformed=2", "failed=2", "out_of_order=2");
    assertThat(exported.points("spanwise.invalidation.missed"))
        .extracting(point -> ((MetricPoint.Value) point).value())
        .containsExactly(4.0);
  }

  @Test
  void theLagIsMeasuredFromTheWriteAndFromThePublishing() {
    assertThat(exported.points("spanwise.invalidation.lag"))
        .hasSize(2)
        .allSatisfy(
            point -> {
              MetricPoint.Distribution lags = (MetricPoint.Distribution) point;
              boolean fromWrite = "write_to_apply".equals(point.attributes().get(LEG));
              assertThat(lags.count()).isEqualTo(6);
              assertThat(lags.sum()).isGreaterThan(6 * (fromWrite ? 3.0 : 2.0));
            });
  }
}

package dev.spanwise.instrumentation.invalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanwise.instrumentation.telemetry.RecordedTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InvalidationReceiverTest {
  private static final String MESSAGES = "spanwise.invalidation.messages";
  private static final String RESULT = "spanwise.invalidation.result";
  private static final String LAG = "spanwise.invalidation.lag";
  private static final String LEG = "spanwise.invalidation.leg";
  private static final String SECRET = "secret:account:42";
  private static final Instant COMMITTED = Instant.parse("2026-11-22T10:00:00Z");

  private final RecordedTelemetry recorded = new RecordedTelemetry();
  private final InvalidationPublisher publisher =
      new InvalidationPublisher(recorded.telemetry(), "/orders", clock(2));
  private final InvalidationReceiver receiver =
      InvalidationReceiver.builder(recorded.telemetry()).keys(2).clock(clock(5)).build();
  private final List<Invalidation> applied = new ArrayList<>();

  private static Clock clock(int secondsAfterCommit) {
    return Clock.fixed(COMMITTED.plusSeconds(secondsAfterCommit), ZoneOffset.UTC);
  }

  private void deliver(String key, long version) {
    receiver.receive("prices", message(key, version), applied::add);
  }

  private String message(String key, long version) {
    return publisher.publish("prices", new Write(key, version, COMMITTED), message -> message);
  }

  private Write appliedWrite() {
    return Objects.requireNonNull(applied.get(0).envelope()).write();
  }

  private double results(String result) {
    return recorded.count(MESSAGES, "messaging.destination.name", "prices", RESULT, result);
  }

  @Test
  void theWriteItsPublishingAndItsApplicationAreOneTrace() {
    Span request = recorded.tracer().spanBuilder("POST /orders").startSpan();
    Context.root().with(request).wrap(() -> deliver(SECRET, 7)).run();
    request.end();

    SpanData publish = recorded.span("publish prices");
    SpanData process = recorded.span("process prices");
    assertThat(publish.getKind()).isEqualTo(SpanKind.PRODUCER);
    assertThat(publish.getParentSpanId()).isEqualTo(request.getSpanContext().getSpanId());
    assertThat(process.getKind()).isEqualTo(SpanKind.CONSUMER);
    assertThat(process.getParentSpanId()).isEqualTo(publish.getSpanId());
    assertThat(process.getTraceId()).isEqualTo(request.getSpanContext().getTraceId());
    assertThat(process.getAttributes().get(AttributeKey.longKey("spanwise.invalidation.version")))
        .isEqualTo(7);
    assertThat(process.getAttributes().get(AttributeKey.stringKey(RESULT))).isEqualTo("applied");
    assertThat(appliedWrite()).isEqualTo(new Write(SECRET, 7L, COMMITTED));
  }

  @Test
  void eachLegIsRecordedOnce() {
    deliver("k", 1);

    assertThat(recorded.sum(LAG, LEG, "write_to_publish")).isEqualTo(Duration.ofSeconds(2));
    assertThat(recorded.sum(LAG, LEG, "publish_to_apply")).isEqualTo(Duration.ofSeconds(3));
    assertThat(recorded.sum(LAG, LEG, "write_to_apply")).isEqualTo(Duration.ofSeconds(5));
    assertThat(recorded.count(LAG)).isEqualTo(3);
  }

  @Test
  void theKeyIsOnNoSpanAndNoMetric() {
    deliver(SECRET, 1);
    receiver.receive("prices", SECRET, applied::add);
    String message = message(SECRET, 2);
    assertThatThrownBy(
            () ->
                receiver.receive(
                    "prices",
                    message,
                    invalidation -> {
                      throw new IllegalStateException(
                          "no entry " + SECRET, new IllegalArgumentException(SECRET));
                    }))
        .hasMessageContaining(SECRET);
    assertThatThrownBy(
            () ->
                publisher.publish(
                    "prices",
                    new Write(SECRET, 3L, COMMITTED),
                    sent -> {
                      throw new IllegalStateException("cannot send " + sent);
                    }))
        .hasMessageContaining(SECRET);

    assertThat(recorded.spans()).hasSize(6);
    assertThat(recorded.spans()).filteredOn(span -> !span.getEvents().isEmpty()).hasSize(2);
    assertThat(recorded.spans().toString()).doesNotContain("secret");
    assertThat(recorded.meters()).isNotEmpty().noneMatch(meter -> meter.contains("secret"));
  }

  @Test
  void versionsThatNeverCameAreCountedAndLateAndRepeatedOnesTold() {
    deliver("k", 10);
    deliver("k", 13);
    deliver("k", 13);
    deliver("k", 12);
    deliver("k", 14);

    assertThat(recorded.count("spanwise.invalidation.missed")).isEqualTo(2);
    assertThat(results("applied")).isEqualTo(3);
    assertThat(results("duplicate")).isEqualTo(1);
    assertThat(results("out_of_order")).isEqualTo(1);
    assertThat(applied).hasSize(5);
  }

  @Test
  void aKeyThatWasForgottenStartsAnew() {
    deliver("a", 1);
    deliver("b", 1);
    deliver("c", 1);
    deliver("a", 100);
    deliver("c", 3);

    assertThat(recorded.count("spanwise.invalidation.missed")).isEqualTo(1);
  }

  @Test
  void longKeysAreToldApart() {
    String start = "k".repeat(10_000);
    deliver(start + "a", 1);
    deliver(start + "b", 9);
    deliver(start + "a", 3);

    assertThat(recorded.count("spanwise.invalidation.missed")).isEqualTo(1);
  }

  @Test
  void versionsWithGapsMissNothingWhereTheyMayHaveThem() {
    InvalidationReceiver times =
        InvalidationReceiver.builder(recorded.telemetry()).consecutiveVersions(false).build();

    times.receive("prices", message("k", 100), applied::add);
    times.receive("prices", message("k", 200), applied::add);
    times.receive("prices", message("k", 150), applied::add);

    assertThat(recorded.count("spanwise.invalidation.missed")).isZero();
    assertThat(results("out_of_order")).isEqualTo(1);
  }

  @Test
  void aPlainAndABrokenMessageReachTheApplicationOnceAsTheyAre() {
    String broken = message("k", 1).substring(0, 150);
    receiver.receive("prices", "account:42", applied::add);
    receiver.receive("prices", broken, applied::add);

    assertThat(applied)
        .containsExactly(
            new Invalidation("prices", "account:42", null),
            new Invalidation("prices", broken, null));
    assertThat(results("plain")).isEqualTo(1);
    assertThat(results("malformed")).isEqualTo(1);
  }

  @Test
  void withoutSpansOfPlainMessagesTheyCountAndTheCallersSpanStaysCurrent() {
    InvalidationReceiver quiet =
        InvalidationReceiver.builder(recorded.telemetry()).plainMessageSpans(false).build();
    Span caller = recorded.tracer().spanBuilder("caller").startSpan();
    List<Span> current = new ArrayList<>();

    Context.root()
        .with(caller)
        .wrap(() -> quiet.receive("prices", "account:42", message -> current.add(Span.current())))
        .run();

    assertThat(current).containsExactly(caller);
    assertThat(recorded.spans()).isEmpty();
    assertThat(results("plain")).isEqualTo(1);
  }

  @Test
  void whatTheApplicationThrowsPassesOnAndIsRecordedOnce() {
    IllegalStateException failure = new IllegalStateException("cache is closed");
    String message = message("k", 1);

    assertThatThrownBy(
            () ->
                receiver.receive(
                    "prices",
                    message,
                    invalidation -> {
                      throw failure;
                    }))
        .isSameAs(failure);

    assertThat(results("failed")).isEqualTo(1);
    assertThat(recorded.count(MESSAGES)).isEqualTo(1);
    assertThat(recorded.span("process prices").getEvents()).hasSize(1);
    assertThat(recorded.count(LAG, LEG, "write_to_apply")).isZero();
  }

  @Test
  void aPatternStandsForItsChannels() {
    receiver.receive("__keyspace@0__:*", "__keyspace@0__:" + SECRET, "del", applied::add);

    assertThat(recorded.span("process __keyspace@0__:*").toString()).doesNotContain("secret");
    assertThat(applied).containsExactly(new Invalidation("__keyspace@0__:" + SECRET, "del", null));
  }
}

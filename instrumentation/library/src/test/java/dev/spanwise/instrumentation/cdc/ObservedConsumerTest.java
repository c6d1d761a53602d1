package dev.spanwise.instrumentation.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanwise.instrumentation.telemetry.RecordedTelemetry;
import io.debezium.engine.DebeziumEngine;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records that no engine makes on demand; none of these consumers asks its committer. */
class ObservedConsumerTest {
  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final Instant NOW = Instant.ofEpochMilli(1_000_000);

  private final RecordedTelemetry recorded = new RecordedTelemetry();
  private final ChangeCapture capture =
      new ChangeCapture(recorded.telemetry(), "ledger", "origin", Clock.fixed(NOW, ZoneOffset.UTC));
  private final List<@Nullable Object> handled = new ArrayList<>();

  private void handle(List<@Nullable Object> batch) throws InterruptedException {
    DebeziumEngine.ChangeConsumer<@Nullable Object> consumer =
        capture.wrap((records, committer) -> handled.addAll(records));
    consumer.handleBatch(batch, null);
  }

  private static String event(String origin) {
    return "{\"before\":null,\"after\":{\"id\":1,\"doc\":{\"origin\":\"x\"},\"origin\":\""
        + origin
        + "\"},\"source\":{\"ts_ms\":999500,\"snapshot\":\"false\",\"list\":[{\"ts_ms\":1}]},\"op\":\"c\"}";
  }

  @Test
  void aTransactionsRowsMakeOneLink() throws Exception {
    handle(Arrays.asList(event(TRACEPARENT), event(TRACEPARENT), event("")));

    assertThat(recorded.span("capture ledger").getLinks()).hasSize(1);
    assertThat(recorded.sum("spanwise.cdc.lag").toMillis()).isEqualTo(1_500);
  }

  @Test
  void linksPastTheSdksLimitAreCountedByIt() throws Exception {
    List<@Nullable Object> batch = new ArrayList<>();
    for (int i = 1; i <= 500; i++) {
      batch.add(event("00-%032x-b7ad6b7169203331-01".formatted(i)));
    }

    handle(batch);

    assertThat(recorded.span("capture ledger").getLinks()).hasSize(128);
    assertThat(recorded.span("capture ledger").getTotalRecordedLinks()).isEqualTo(500);
  }

  @Test
  void whatCannotBeReadIsHandedOn() throws Exception {
    List<@Nullable Object> batch =
        Arrays.asList(
            null,
            "",
            "{broken",
            "[]",
            "{\"after\":7,\"source\":\"x\"}",
            "{\"source\":{\"ts_ms\":99999999999999999999}}",
            event("__debezium_unavailable_value"),
            new byte[] {1, 2, 3},
            42);

    handle(batch);

    assertThat(handled).isEqualTo(batch);
    assertThat(recorded.span("capture ledger").getLinks()).isEmpty();
    assertThat(recorded.count("spanwise.cdc.lag")).isEqualTo(1);
  }

  @Test
  void theSnapshotsOfAnyKindHaveNoLag() throws Exception {
    for (String kind : List.of("\"true\"", "\"last\"", "\"incremental\"", "true")) {
      handle(List.of("{\"source\":{\"ts_ms\":1,\"snapshot\":" + kind + "}}"));
    }

    assertThat(recorded.count("spanwise.cdc.lag")).isZero();
  }

  @Test
  void theConsumersExceptionPassesOnAndIsRecordedOnce() {
    IllegalStateException failure = new IllegalStateException("no stream");
    DebeziumEngine.ChangeConsumer<String> consumer =
        capture.wrap(
            (records, committer) -> {
              throw failure;
            });

    assertThatThrownBy(() -> consumer.handleBatch(List.of(event("")), null)).isSameAs(failure);

    assertThat(recorded.span("capture ledger").getEvents()).hasSize(1);
  }

  @Test
  void aConsumerThatIsStoppedHasNotFailed() {
    for (Exception stop : List.of(new InterruptedException(), new CancellationException())) {
      DebeziumEngine.ChangeConsumer<String> consumer =
          capture.wrap(
              (records, committer) -> {
                if (stop instanceof InterruptedException interrupted) {
                  throw interrupted;
                }
                throw (CancellationException) stop;
              });

      assertThatThrownBy(() -> consumer.handleBatch(List.of(event("")), null)).isSameAs(stop);
    }

    assertThat(recorded.spans())
        .hasSize(2)
        .allMatch(span -> span.getStatus().getStatusCode() == StatusCode.UNSET)
        .allMatch(span -> span.getEvents().isEmpty());
  }

  @Test
  void aChangeWithoutATraceIsPublishedAsPartOfItsBatch() throws Exception {
    Span current = recorded.tracer().spanBuilder("batch").startSpan();
    Context batch = Context.root().with(current);

    assertThat(Span.fromContext(batch.wrap(() -> capture.contextOf(event(""))).call()))
        .isSameAs(current);
    assertThat(
            Span.fromContext(capture.contextOf(event(TRACEPARENT))).getSpanContext().getTraceId())
        .isEqualTo("0af7651916cd43dd8448eb211c80319c");
  }
}

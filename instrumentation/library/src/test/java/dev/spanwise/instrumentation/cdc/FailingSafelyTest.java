package dev.spanwise.instrumentation.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanwise.instrumentation.telemetry.EachMeterFault;
import dev.spanwise.instrumentation.telemetry.FaultyTelemetry;
import dev.spanwise.instrumentation.telemetry.TelemetryFault;
import io.debezium.engine.DebeziumEngine;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever fails within telemetry, a batch is handed on; none of these asks its committer. */
@Timeout(120) // for an exporter that blocks: until then nothing is timed
class FailingSafelyTest {
  private static final String EVENT =
      "{\"after\":{\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"},"
          + "\"source\":{\"ts_ms\":1}}";

  // A row's traceparent is read whatever propagators the application has.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROPAGATOR_THROWS")
  void aBatchIsHandedOnAndItsConsumersExceptionPassesThrough(TelemetryFault fault)
      throws Exception {
    List<String> batch = List.of(EVENT, "{broken", EVENT);
    List<String> handled = new ArrayList<>();
    IllegalStateException failure = new IllegalStateException("no stream");
    try (FaultyTelemetry faulty = FaultyTelemetry.start(fault)) {
      ChangeCapture capture = ChangeCapture.create(faulty.telemetry(), "ledger");
      DebeziumEngine.ChangeConsumer<String> consumer =
          capture.wrap(
              (records, committer) -> {
                for (String record : records) {
                  capture.publishing(record, () -> handled.add(record));
                }
              });
      DebeziumEngine.ChangeConsumer<String> failing =
          capture.wrap(
              (records, committer) -> {
                throw failure;
              });

      for (int i = 0; i < 10; i++) {
        handled.clear();
        consumer.handleBatch(batch, null);
        assertThat(handled).isEqualTo(batch);
        assertThatThrownBy(() -> failing.handleBatch(batch, null))
            .isSameAs(failure)
            .hasNoSuppressedExceptions();
      }
      faulty.assertMet();
    }
    assertThat(Context.current()).isSameAs(Context.root());
  }

  @ParameterizedTest
  @EachMeterFault
  void aMonitorReadsOnUntilItIsClosed(TelemetryFault fault) throws Exception {
    try (FaultyTelemetry faulty = FaultyTelemetry.start(fault)) {
      ConnectorMonitor monitor =
          ConnectorMonitor.start(faulty.telemetry(), "absent", Duration.ofMillis(10));
      // Each reading meets it once.
      faulty.assertMet(5);
      monitor.close();
    }
  }
}

package dev.spanwise.instrumentation.cdc;

import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.Json;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;

/** The README's example. */
final class CaptureExample {
  private CaptureExample() {}

  static DebeziumEngine<ChangeEvent<String, String>> engine(
      Telemetry telemetry, Properties properties, Consumer<ChangeEvent<String, String>> stream) {
    // README
    ChangeCapture capture = ChangeCapture.create(telemetry, "ledger");
    DebeziumEngine.ChangeConsumer<ChangeEvent<String, String>> consumer =
        (records, committer) -> {
          for (ChangeEvent<String, String> record : records) {
            capture.publishing(record, () -> stream.accept(record));
            committer.markProcessed(record);
          }
          committer.markBatchFinished();
        };
    DebeziumEngine<ChangeEvent<String, String>> engine =
        DebeziumEngine.create(Json.class)
            .using(properties)
            .notifying(capture.wrap(consumer))
            .build();
    // README
    return engine;
  }

  static ConnectorMonitor monitor(Telemetry telemetry) {
    // README
    ConnectorMonitor monitor = ConnectorMonitor.start(telemetry, "ledger", Duration.ofSeconds(5));
    // README
    return monitor;
  }
}

package dev.spanwise.demo.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanwise.demo.stream.LedgerChange;
import io.debezium.engine.ChangeEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the engine says of one row: Debezium's <a
 * href="https://debezium.io/documentation/reference/3.6/connectors/postgresql.html#postgresql-events">envelope</a>
 * in the words of the streams.
 *
 * @param messageId the same whenever this change is captured: by it the stream knows a repetition
 */
record CapturedRow(LedgerChange change, String messageId) {
  private static final ObjectMapper json = new ObjectMapper();
  private static final String TRACEPARENT = "traceparent";

  /** Returns null for what tells of no row, such as a heartbeat of the connector. */
  static @Nullable CapturedRow of(ChangeEvent<String, String> event) {
    if (event.value() == null) {
      return null;
    }
    JsonNode envelope;
    try {
      envelope = json.readTree(event.value());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the engine's own JSON of a change cannot be read", e);
    }
    JsonNode source = envelope.path("source");
    String operation = operation(envelope.path("op").asText());
    if (operation == null) {
      return null;
    }
    JsonNode row = envelope.path(operation.equals("delete") ? "before" : "after");
    if (!(row instanceof ObjectNode columns)) {
      return null;
    }
    // The message carries the trace in its headers.
    columns.remove(TRACEPARENT);
    String table = source.path("table").asText();
    return new CapturedRow(
        new LedgerChange(
            table,
            operation,
            Instant.EPOCH.plus(source.path("ts_us").asLong(), ChronoUnit.MICROS),
            columns),
        source.path("lsn").asText() + ":" + table + ":" + event.key());
  }

  private static @Nullable String operation(String code) {
    return switch (code) {
      case "c", "r" -> "insert";
      case "u" -> "update";
      case "d" -> "delete";
      default -> null;
    };
  }
}

package dev.spanwise.analyzer.postgresql.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line. See <a
 * href="https://www.postgresql.org/docs/current/runtime-config-logging.html#RUNTIME-CONFIG-LOGGING-JSONLOG">jsonlog</a>.
 */
final class JsonLogFormat implements EntryFormat {

  private static final String NOT_AN_ENTRY =
      "not a jsonlog entry: not an object with timestamp, pid and message";
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(ServerLogDecoder.MAX_ENTRY_BYTES)
                  .build())
          .build();

  private final PlanEntries entries;
  private final StrayLines strays;

  JsonLogFormat(PlanEntries entries, StrayLines strays) {
    this.entries = entries;
    this.strays = strays;
  }

  @Override
  public void line(Line line) {
    if (line.isBlank()) {
      return;
    }
    if (line.cut()) {
      entries.reject(line.number(), ServerLogDecoder.TOO_LARGE);
      return;
    }
    Fields fields;
    try {
      fields = Fields.of(line.bytes());
    } catch (IOException notJson) {
      strays.add(line.number(), NOT_AN_ENTRY);
      return;
    }
    String message = fields.message;
    if (fields.timestamp == null || fields.pid == null) {
      strays.add(line.number(), NOT_AN_ENTRY);
      return;
    }
    strays.entrySeen();
    if (message != null) {
      accept(line, fields.timestamp, fields.pid, message);
    }
  }

  private void accept(Line line, String timestamp, Integer pid, String message) {
    int lineEnd = message.indexOf('\n');
    Long duration = lineEnd < 0 ? null : PlanEntries.durationNanos(message.substring(0, lineEnd));
    if (duration != null) {
      String plan = message.substring(lineEnd + 1);
      entries.accept(line.number(), timestamp, pid, duration, plan, false);
    }
  }

  @Override
  public void quiet() {}

  @Override
  public void end() {
    strays.end("no line is a jsonlog entry: an object with timestamp, pid and message");
  }

  private static final class Fields {

    @Nullable String timestamp;
    @Nullable Integer pid;
    @Nullable String message;

    static Fields of(byte[] bytes) throws IOException {
      Fields fields = new Fields();
      try (JsonParser parser = JSON.createParser(bytes)) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          return fields;
        }
        String name = parser.nextFieldName();
        while (name != null) {
          fields.read(name, parser.nextToken(), parser);
          name = parser.nextFieldName();
        }
        if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
          return new Fields();
        }
      }
      return fields;
    }

    private void read(String name, JsonToken token, JsonParser parser) throws IOException {
      if (token.isStructStart()) {
        parser.skipChildren();
      } else if (name.equals("timestamp") && token == JsonToken.VALUE_STRING) {
        timestamp = parser.getText();
      } else if (name.equals("message") && token == JsonToken.VALUE_STRING) {
        message = parser.getText();
      } else if (name.equals("pid") && token == JsonToken.VALUE_NUMBER_INT) {
        pid = parser.getIntValue();
      }
    }
  }
}

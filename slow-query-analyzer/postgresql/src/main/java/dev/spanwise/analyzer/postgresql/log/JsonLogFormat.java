package dev.spanwise.analyzer.postgresql.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
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

  private final EntryQueue queue;

  JsonLogFormat(EntryQueue queue) {
    this.queue = queue;
  }

  @Override
  public void line(Line line) {
    if (line.isBlank()) {
      return;
    }
    long number = line.number();
    if (line.cut()) {
      queue.add(
          number, (reader, outcomes) -> outcomes.reject(number, ServerLogDecoder.TOO_LARGE), 0);
      return;
    }
    byte[] bytes = line.bytes();
    queue.add(number, (reader, outcomes) -> read(number, bytes, reader, outcomes), bytes.length);
  }

  private static void read(long line, byte[] bytes, EntryReader reader, Outcomes outcomes) {
    Map<String, String> fields;
    try {
      fields = fields(bytes);
    } catch (IOException notJson) {
      outcomes.stray(line, NOT_AN_ENTRY);
      return;
    }
    String time = fields.get("timestamp");
    Integer pid = number(fields.get("pid"));
    if (time == null || pid == null) {
      outcomes.stray(line, NOT_AN_ENTRY);
      return;
    }
    outcomes.entrySeen();
    String severity = fields.get("error_severity");
    if (severity != null && !Messages.isEnglish(severity)) {
      outcomes.rejectOnce(line, Messages.FOREIGN);
    }
    outcomes.ended(severity, pid);
    reader.read(
        new LogEntry(
            line,
            time,
            pid,
            number(fields.get("leader_pid")),
            fields.get("application_name"),
            fields.get("ps"),
            fields.getOrDefault("message", ""),
            fields.get("detail"),
            fields.get("statement"),
            false),
        outcomes);
  }

  private static @Nullable Integer number(@Nullable String digits) {
    try {
      return digits == null ? null : Integer.valueOf(digits);
    } catch (NumberFormatException notAnInteger) {
      return null;
    }
  }

  /** The object's strings and numbers by their names; empty where {@code bytes} are no object. */
  private static Map<String, String> fields(byte[] bytes) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = JSON.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return fields;
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        if (value.isStructStart()) {
          parser.skipChildren();
        } else if (value != JsonToken.VALUE_NULL) {
          fields.put(name, parser.getText());
        }
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        fields.clear();
      }
    }
    return fields;
  }

  @Override
  public void quiet() {}

  @Override
  public void end() {}

  @Override
  public String reasonWithoutEntries() {
    return "no line is a jsonlog entry: an object with timestamp, pid and message";
  }
}

package dev.spanwise.instrumentation.cdc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads change events in JSON, with or without their schema, without building them in memory. */
final class JsonChanges {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonChanges() {}

  static Change read(String value, String traceparentColumn) throws IOException {
    try (JsonParser json = JSON.createParser(value)) {
      return read(json, traceparentColumn);
    }
  }

  static Change read(byte[] value, String traceparentColumn) throws IOException {
    try (JsonParser json = JSON.createParser(value)) {
      return read(json, traceparentColumn);
    }
  }

  private static Change read(JsonParser json, String traceparentColumn) throws IOException {
    ChangeBuilder change = new ChangeBuilder();
    if (json.nextToken() == JsonToken.START_OBJECT) {
      readEvent(json, change, traceparentColumn);
    }
    return change.build();
  }

  private static void readEvent(JsonParser json, ChangeBuilder change, String traceparentColumn)
      throws IOException {
    boolean hasSchema = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      boolean isObject = json.nextToken() == JsonToken.START_OBJECT;
      if (name.equals("schema")) {
        hasSchema = true;
        json.skipChildren();
      } else if (isObject && name.equals("payload") && hasSchema) {
        readEvent(json, change, traceparentColumn);
      } else if (isObject && name.equals("source")) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String field = json.currentName();
          json.nextToken();
          change.sourceField(field, scalar(json));
        }
      } else if (isObject && name.equals("after")) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          boolean isTraceparent = json.currentName().equals(traceparentColumn);
          json.nextToken();
          if (isTraceparent) {
            change.traceparent(scalar(json));
          } else {
            json.skipChildren();
          }
        }
      } else {
        change.field(name, scalar(json), traceparentColumn);
      }
    }
  }

  /** The value that the parser stands at; null where it is neither text nor integer nor boolean. */
  private static @Nullable Object scalar(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT ->
          json.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? null : json.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> {
        json.skipChildren();
        yield null;
      }
    };
  }
}

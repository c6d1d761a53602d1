package dev.spanwise.analyzer.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Steps through a JSON array of objects. */
final class JsonElements {

  /** Reads the object that the parser stands at the start of, up to its end. */
  @FunctionalInterface
  interface Element {
    void read() throws IOException;
  }

  private JsonElements() {}

  /** Reads each object of the array that the parser stands at; null means an empty array. */
  static void each(JsonParser json, Element element) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new OtlpJsonException(json, "expected an array of objects");
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw new OtlpJsonException(json, "expected an object in an array");
      }
      element.read();
    }
  }
}

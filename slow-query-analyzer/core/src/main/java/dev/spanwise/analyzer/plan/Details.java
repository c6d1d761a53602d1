package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Collects the fields that have no component of their own, as {@link PlanNode#details()} has. */
final class Details {

  private final Map<String, String> collected = new HashMap<>();

  Map<String, String> collected() {
    return collected;
  }

  /** Takes the value that the parser stands at. */
  void put(String name, JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
          parser.nextToken();
          put(name + "." + field, parser);
        }
      }
      case START_ARRAY -> putArray(name, parser);
      case VALUE_NULL -> {}
      default -> collected.put(name, JsonText.of(parser));
    }
  }

  private void putArray(String name, JsonParser parser) throws IOException {
    if (name.equals("Grouping Sets")) {
      collected.put(name, GroupingSets.read(parser));
      return;
    }
    JsonToken first = parser.nextToken();
    if (first.isStructStart()) {
      for (int i = 0; !parser.hasToken(JsonToken.END_ARRAY); i++) {
        put(name + "." + i, parser);
        parser.nextToken();
      }
    } else if (first != JsonToken.END_ARRAY) {
      collected.put(name, JsonText.rest(parser));
    }
  }
}

package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The {@code Grouping Sets} of JSON output, as the lines that text output prints for them. */
final class GroupingSets {

  private GroupingSets() {}

  /** Reads the array that the parser stands at. */
  static String read(JsonParser parser) throws IOException {
    List<String> lines = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.isExpectedStartObjectToken()) {
        set(parser, lines);
      } else {
        parser.skipChildren();
      }
    }
    return String.join("; ", lines);
  }

  private static void set(JsonParser parser, List<String> lines) throws IOException {
    for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      parser.nextToken();
      switch (field) {
        case "Sort Key" -> lines.add("Sort Key: " + JsonText.of(parser));
        case "Hash Keys" -> keys("Hash Key: ", parser, lines);
        case "Group Keys" -> keys("Group Key: ", parser, lines);
        default -> parser.skipChildren();
      }
    }
  }

  private static void keys(String label, JsonParser parser, List<String> lines) throws IOException {
    if (!parser.isExpectedStartArrayToken()) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String keys = JsonText.of(parser);
      lines.add(label + (keys.isEmpty() ? "()" : keys));
    }
  }
}

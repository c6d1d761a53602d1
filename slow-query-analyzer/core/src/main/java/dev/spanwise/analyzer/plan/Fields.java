package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object as they come, and where it stands in its input. After {@link
 * #next()} one of the other methods takes the value. For one thread.
 */
final class Fields {

  private final JsonParser parser;
  private final String pointer;
  private String name = "";

  /**
   * @param parser stands where the object starts
   */
  Fields(JsonParser parser, String pointer) {
    this.parser = parser;
    this.pointer = pointer;
  }

  /** The name of the next field; null at the end of the object. */
  @Nullable String next() throws IOException {
    String next = parser.nextFieldName();
    if (next != null) {
      name = next;
      parser.nextToken();
    }
    return next;
  }

  boolean isObject() {
    return parser.hasToken(JsonToken.START_OBJECT);
  }

  /** The fields of the object that the value is. */
  Fields inside() {
    return new Fields(parser, pointer());
  }

  /** Passes over the value. */
  void skip() throws IOException {
    parser.skipChildren();
  }

  /** The value; null where it is JSON's null. */
  @Nullable String text() throws IOException {
    return parser.hasToken(JsonToken.VALUE_NULL) ? null : JsonText.of(parser);
  }

  boolean isTrue() throws IOException {
    return "true".equals(text());
  }

  @Nullable Double number() throws IOException, PlanFormatException {
    if (parser.currentToken().isNumeric()) {
      return parser.getDoubleValue();
    }
    String text = text();
    return text == null ? null : number(text);
  }

  private double number(String text) throws PlanFormatException {
    // The server's words for them differ between its versions and from Java's.
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "infinity", "inf" -> Double.POSITIVE_INFINITY;
      case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan", "-nan" -> Double.NaN;
      default -> finite(text);
    };
  }

  private double finite(String text) throws PlanFormatException {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException notANumber) {
      throw refused("expected a number");
    }
  }

  @Nullable Long integer() throws IOException, PlanFormatException {
    if (parser.hasToken(JsonToken.VALUE_NUMBER_INT)
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return parser.getLongValue();
    }
    String text = text();
    if (text == null) {
      return null;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException notAnInteger) {
      double number = number(text);
      if (number != Math.rint(number)) {
        throw refused("expected an integer");
      }
      return (long) number;
    }
  }

  /** The strings of a list; a single string is a list of one. */
  List<String> list() throws IOException {
    List<String> elements = new ArrayList<>();
    if (!parser.isExpectedStartArrayToken()) {
      String text = text();
      return text == null ? elements : List.of(text);
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(JsonText.of(parser));
    }
    return elements;
  }

  /** Takes the objects of an array one by one. */
  interface Element {
    void take(JsonParser parser, int index) throws IOException, PlanFormatException;
  }

  /** Hands over where each element of an array starts; what is no array has none. */
  void forEach(Element element) throws IOException, PlanFormatException {
    if (!parser.isExpectedStartArrayToken()) {
      skip();
      return;
    }
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      element.take(parser, i);
    }
  }

  /** Adds the value to what has no component of its own. */
  void putInto(Details details) throws IOException {
    details.put(name, parser);
  }

  /** What stands there instead is not repeated: it may be a literal of the statement. */
  PlanFormatException refused(String reason) {
    return new PlanFormatException(pointer(), reason);
  }

  private String pointer() {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }
}

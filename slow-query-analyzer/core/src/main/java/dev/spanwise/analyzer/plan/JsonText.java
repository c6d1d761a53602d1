package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.StringJoiner;

/** JSON values as text output prints them. Stateless. */
final class JsonText {

  /** Most of a plan's numbers have one. */
  private static final String[] DIGITS = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};

  /** Digits that a number is printed with at most; no counter of a server has more. */
  static final int MOST_DIGITS = 400;

  private JsonText() {}

  /** The value that the parser stands at: a list with commas, an object as nothing. */
  static String of(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        parser.skipChildren();
        yield "";
      }
      case START_ARRAY -> {
        parser.nextToken();
        yield rest(parser);
      }
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> fraction(parser);
      default -> parser.getText();
    };
  }

  /** The rest of a list, with commas, from the element that the parser stands at. */
  static String rest(JsonParser parser) throws IOException {
    StringJoiner elements = new StringJoiner(", ");
    while (!parser.hasToken(JsonToken.END_ARRAY)) {
      elements.add(of(parser));
      parser.nextToken();
    }
    return elements.toString();
  }

  private static String integer(JsonParser parser) throws IOException {
    return parser.getTextLength() == 1
        ? DIGITS[parser.getTextCharacters()[parser.getTextOffset()] - '0']
        : parser.getText();
  }

  private static String fraction(JsonParser parser) throws IOException {
    if (parser.isNaN()) {
      return String.valueOf(parser.getDoubleValue());
    }
    String text = parser.getText();
    if (text.indexOf('e') < 0 && text.indexOf('E') < 0) {
      return text;
    }
    BigDecimal number = new BigDecimal(text);
    return Math.abs((long) number.scale()) > MOST_DIGITS ? text : number.toPlainString();
  }
}

package dev.spanwise.analyzer.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import dev.spanwise.analyzer.trace.SpanKind;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Numbers as the JSON form of protobuf writes them: 64-bit ones as strings or numbers, enums as
 * numbers or names.
 *
 * @see <a href="https://protobuf.dev/programming-guides/json/">ProtoJSON</a>
 */
final class JsonNumbers {

  /** Each name at its number. */
  private static final List<String> KINDS =
      Stream.of(SpanKind.values()).map(kind -> "SPAN_KIND_" + kind.name()).toList();

  private static final int STATUS_ERROR = 2;

  private final SpanDraft draft;

  JsonNumbers(SpanDraft draft) {
    this.draft = draft;
  }

  /** Nanoseconds since the epoch; anything else makes the span invalid. */
  long time(JsonParser json, String field) throws IOException {
    long nanos = integer(json, -1);
    if (nanos < 0) {
      draft.reject("the " + field + " is not a number of nanoseconds up to the year 2262");
    }
    return nanos;
  }

  /** The number of a {@code Span.SpanKind}. */
  int kind(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      int number = KINDS.indexOf(json.getText());
      if (number >= 0) {
        return number;
      }
    }
    return enumNumber(json);
  }

  /** The number of a {@code Status.StatusCode}. */
  int statusCode(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING
        && json.getText().equals("STATUS_CODE_ERROR")) {
      return STATUS_ERROR;
    }
    return enumNumber(json);
  }

  /** The integer that the parser stands at, as number or string; {@code other} for all else. */
  long integer(JsonParser json, long other) throws IOException {
    try {
      return switch (json.currentToken()) {
        case VALUE_NUMBER_INT -> json.getLongValue();
        case VALUE_NUMBER_FLOAT -> json.getDecimalValue().longValueExact();
        case VALUE_STRING -> Long.parseLong(json.getText());
        case VALUE_NULL -> 0;
        default -> {
          json.skipChildren();
          yield other;
        }
      };
    } catch (InputCoercionException | ArithmeticException | NumberFormatException e) {
      return other;
    }
  }

  private int enumNumber(JsonParser json) throws IOException {
    long number = integer(json, 0);
    return number > 0 && number <= Byte.MAX_VALUE ? (int) number : 0;
  }
}

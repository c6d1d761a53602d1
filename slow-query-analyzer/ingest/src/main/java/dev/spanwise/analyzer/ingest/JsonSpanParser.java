package dev.spanwise.analyzer.ingest;

import static dev.spanwise.analyzer.ingest.JsonElements.each;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads one span or one resource from JSON tokens. Not thread-safe.
 *
 * @see ProtobufField for the definition of the fields
 */
final class JsonSpanParser {

  private final Texts texts;
  private final SpanDraft draft;
  private final JsonNumbers numbers;

  /** Of the attribute that was read last. */
  private final AttributeValue value = new AttributeValue();

  private @Nullable String service;

  JsonSpanParser(Texts texts) {
    this.texts = texts;
    this.draft = new SpanDraft(texts);
    this.numbers = new JsonNumbers(draft);
  }

  /** The span that the parser stands at, valid or not; good until the next call. */
  SpanDraft span(JsonParser json) throws IOException {
    draft.clear();
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      switch (key) {
        case "traceId" -> traceId(json);
        case "spanId" -> draft.spanId(spanId(json, "span id"));
        case "parentSpanId" -> draft.parentSpanId(parentSpanId(json));
        case "name" -> {
          if (token == JsonToken.VALUE_STRING) {
            draft.name().set(json.getText());
          } else {
            wrongType(json, "name");
          }
        }
        case "kind" -> draft.kind(numbers.kind(json));
        case "startTimeUnixNano" -> draft.startNanos(numbers.time(json, "start time"));
        case "endTimeUnixNano" -> draft.endNanos(numbers.time(json, "end time"));
        case "attributes" -> each(json, () -> spanAttribute(json));
        case "links" -> each(json, () -> link(json));
        case "status" -> status(json);
        default -> json.skipChildren();
      }
    }
    return draft;
  }

  /** {@code service.name} of the resource that the parser stands at; null where it has none. */
  @Nullable String serviceName(JsonParser json) throws IOException {
    service = null;
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return null;
    }
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      json.nextToken();
      if (key.equals("attributes")) {
        each(json, () -> resourceAttribute(json));
      } else {
        json.skipChildren();
      }
    }
    return service;
  }

  private void resourceAttribute(JsonParser json) throws IOException {
    if (attribute(json) == Attribute.SERVICE_NAME) {
      service = value.text().isEmpty() ? null : texts.name(value.text());
    }
  }

  private void spanAttribute(JsonParser json) throws IOException {
    Attribute attribute = attribute(json);
    if (attribute != null) {
      draft.attribute(attribute, value);
    }
  }

  /** Reads a {@code KeyValue}; null where its key is not one of those asked for. */
  private @Nullable Attribute attribute(JsonParser json) throws IOException {
    value.clear();
    Attribute attribute = null;
    boolean keyKnown = false;
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      if (key.equals("key") && token == JsonToken.VALUE_STRING) {
        attribute = Attribute.of(json.getText());
        keyKnown = true;
      } else if (key.equals("value")
          && token == JsonToken.START_OBJECT
          && (attribute != null || !keyKnown)) {
        readValue(json);
      } else {
        json.skipChildren();
      }
    }
    return attribute;
  }

  private void readValue(JsonParser json) throws IOException {
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      if (token == JsonToken.VALUE_STRING && key.equals("stringValue")) {
        value.text().set(json.getText());
      } else if (token.isScalarValue() && key.equals("intValue")) {
        value.number(numbers.integer(json, 0));
      } else {
        json.skipChildren();
      }
    }
  }

  /** Reads a {@code Span.Link}; what is no id counts as none. */
  private void link(JsonParser json) throws IOException {
    long[] traceId = {0, 0};
    long[] spanId = {0};
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      json.nextToken();
      switch (key) {
        case "traceId" -> words(json, traceId);
        case "spanId" -> words(json, spanId);
        default -> json.skipChildren();
      }
    }
    draft.link(traceId[0], traceId[1], spanId[0]);
  }

  private static void words(JsonParser json, long[] words) throws IOException {
    boolean text = json.currentToken() == JsonToken.VALUE_STRING;
    String id = text ? json.getText() : "";
    json.skipChildren();
    Arrays.fill(words, 0);
    if (id.length() != 16 * words.length) {
      return;
    }
    try {
      for (int i = 0; i < words.length; i++) {
        words[i] = HexFormat.fromHexDigitsToLong(id, 16 * i, 16 * (i + 1));
      }
    } catch (IllegalArgumentException notHexadecimal) {
      Arrays.fill(words, 0);
    }
  }

  private void status(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      json.nextToken();
      if (key.equals("code")) {
        draft.statusCode(numbers.statusCode(json));
      } else {
        json.skipChildren();
      }
    }
  }

  private void traceId(JsonParser json) throws IOException {
    String id = id(json, "trace id", 32);
    if (id != null) {
      draft.traceId(hex(id, 0, "trace id"), hex(id, 16, "trace id"));
    }
  }

  private long spanId(JsonParser json, String field) throws IOException {
    String id = id(json, field, 16);
    return id == null ? 0 : hex(id, 0, field);
  }

  private long parentSpanId(JsonParser json) throws IOException {
    boolean none =
        json.currentToken() == JsonToken.VALUE_NULL
            || (json.currentToken() == JsonToken.VALUE_STRING && json.getTextLength() == 0);
    return none ? 0 : spanId(json, "parent span id");
  }

  private @Nullable String id(JsonParser json, String field, int digits) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      wrongType(json, field);
      return null;
    }
    if (json.getTextLength() != digits) {
      draft.reject("the " + field + " is not " + digits + " hexadecimal digits");
      return null;
    }
    return json.getText();
  }

  private long hex(String id, int start, String field) {
    try {
      return HexFormat.fromHexDigitsToLong(id, start, start + 16);
    } catch (IllegalArgumentException e) {
      draft.reject("the " + field + " is not " + id.length() + " hexadecimal digits");
      return 0;
    }
  }

  private void wrongType(JsonParser json, String field) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NULL) {
      draft.reject("the " + field + " is not a string");
      json.skipChildren();
    }
  }
}

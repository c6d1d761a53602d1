package dev.spanwise.instrumentation.invalidation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages of which some are envelopes. Only a text that begins as an object and names the
 * envelope's type is looked at more closely: for the messages of others that is the whole cost,
 * whatever their length. Never throws.
 */
final class EnvelopeReader {
  static final int MAX_MESSAGE_LENGTH = InvalidationEnvelope.MAX_LENGTH;
  private static final int MAX_VALUE_LENGTH = 65_536;
  private static final int MAX_NAME_LENGTH = 256;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_EXTENSIONS = 64;

  /** More than a long has, so that a longer one is not read as another. */
  private static final int MAX_NUMBER_LENGTH = 32;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(MAX_MESSAGE_LENGTH)
                  .maxStringLength(MAX_VALUE_LENGTH)
                  .maxNameLength(MAX_NAME_LENGTH)
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .build())
          // Names come from outside: none of them shall stay in a table of the JVM.
          .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
          .build();

  private EnvelopeReader() {}

  static Reading read(String message) {
    if (!beginsAsObject(message)) {
      return Reading.PLAIN;
    }
    if (message.length() > MAX_MESSAGE_LENGTH) {
      return namesType(message.substring(0, MAX_MESSAGE_LENGTH))
          ? Reading.MALFORMED
          : Reading.PLAIN;
    }
    if (!namesType(message)) {
      return Reading.PLAIN;
    }
    try {
      Map<String, String> attributes = attributes(message);
      if (!InvalidationEnvelope.TYPE.equals(attributes.remove("type"))) {
        return Reading.PLAIN;
      }
      return Reading.of(envelope(attributes));
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      return Reading.MALFORMED;
    }
  }

  private static boolean beginsAsObject(String message) {
    int end = Math.min(message.length(), MAX_MESSAGE_LENGTH);
    int start = 0;
    while (start < end && Character.isWhitespace(message.charAt(start))) {
      start++;
    }
    return start < end && message.charAt(start) == '{';
  }

  private static boolean namesType(String message) {
    return message.contains(InvalidationEnvelope.TYPE);
  }

  /** The members of the object that are strings or integers, in the message's order. */
  private static Map<String, String> attributes(String message) throws IOException {
    Map<String, String> attributes = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(message)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) {
          attributes.put(name, json.getText());
        } else {
          json.skipChildren();
        }
      }
      if (json.nextToken() != null) {
        throw new IOException("more follows the object");
      }
    }
    return attributes;
  }

  private static InvalidationEnvelope envelope(Map<String, String> attributes) {
    if (!required(attributes, "specversion").startsWith("1.")) {
      throw new IllegalArgumentException("specversion is not 1");
    }
    String sequence = attributes.remove("sequence");
    String id = required(attributes, "id");
    String source = required(attributes, "source");
    Write write =
        new Write(
            required(attributes, "subject"),
            sequence == null ? null : Long.valueOf(sequence),
            instant(attributes.remove("time")));
    Instant published = instant(attributes.remove("recordedtime"));
    attributes.remove("data");
    attributes.remove("data_base64");
    Map<String, String> extensions = new HashMap<>();
    attributes.forEach(
        (name, value) -> {
          if (extensions.size() < MAX_EXTENSIONS) {
            extensions.put(name, value);
          }
        });
    return new InvalidationEnvelope(id, source, write, published, extensions);
  }

  private static String required(Map<String, String> attributes, String name) {
    String value = attributes.remove(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return value;
  }

  private static @Nullable Instant instant(@Nullable String text) {
    return text == null ? null : Instant.parse(text);
  }
}

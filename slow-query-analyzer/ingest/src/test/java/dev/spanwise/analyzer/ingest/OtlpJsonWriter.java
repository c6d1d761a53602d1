package dev.spanwise.analyzer.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Writes any protobuf message in OTLP's JSON form, with the freedoms that the form allows. */
final class OtlpJsonWriter {

  private final RandomGenerator random;
  private final boolean shuffled;
  private final boolean pretty;

  /**
   * @param shuffled whether keys come in any order
   * @param pretty whether the text has many lines
   */
  OtlpJsonWriter(RandomGenerator random, boolean shuffled, boolean pretty) {
    this.random = random;
    this.shuffled = shuffled;
    this.pretty = pretty;
  }

  String write(Message message) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      if (pretty) {
        json.useDefaultPrettyPrinter();
      }
      object(json, message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void object(JsonGenerator json, Message message) throws IOException {
    json.writeStartObject();
    List<Map.Entry<FieldDescriptor, Object>> fields =
        new ArrayList<>(message.getAllFields().entrySet());
    if (shuffled && !fields.isEmpty()) {
      Collections.shuffle(fields, new Random(random.nextLong()));
      json.writeObjectFieldStart("unknownField");
      json.writeArrayFieldStart("spans");
      json.writeEndArray();
      json.writeEndObject();
    }
    for (Map.Entry<FieldDescriptor, Object> field : fields) {
      json.writeFieldName(field.getKey().getJsonName());
      if (field.getValue() instanceof Collection<?> elements) {
        json.writeStartArray();
        for (Object element : elements) {
          value(json, field.getKey(), element);
        }
        json.writeEndArray();
      } else {
        value(json, field.getKey(), field.getValue());
      }
    }
    json.writeEndObject();
  }

  private void value(JsonGenerator json, FieldDescriptor field, Object value) throws IOException {
    if (value instanceof Message message) {
      object(json, message);
    } else if (value instanceof ByteString bytes) {
      boolean isId = field.getName().endsWith("_id");
      json.writeString(
          isId
              ? HexFormat.of().formatHex(bytes.toByteArray())
              : Base64.getEncoder().encodeToString(bytes.toByteArray()));
    } else if (value instanceof EnumValueDescriptor name) {
      if (random.nextBoolean() && name.getIndex() >= 0) {
        json.writeString(name.getName());
      } else {
        json.writeNumber(name.getNumber());
      }
    } else if (value instanceof Long number && random.nextBoolean()) {
      json.writeString(number.toString());
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else {
      json.writeString((String) value);
    }
  }
}

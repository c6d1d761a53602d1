package dev.spanwise.analyzer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Messages as <a
 * href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">OTLP/JSON</a> writes
 * them: ids in hexadecimal, enums as numbers, 64-bit integers as strings.
 */
final class OtlpJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private OtlpJson() {}

  static ObjectNode of(Message message) {
    ObjectNode json = NODES.objectNode();
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      String name = field.getKey().getJsonName();
      if (field.getValue() instanceof List<?> elements) {
        ArrayNode array = json.putArray(name);
        elements.forEach(element -> array.add(value(name, element)));
      } else {
        json.set(name, value(name, field.getValue()));
      }
    }
    return json;
  }

  private static JsonNode value(String name, Object value) {
    if (value instanceof Message message) {
      return of(message);
    }
    if (value instanceof ByteString bytes) {
      byte[] content = bytes.toByteArray();
      return NODES.textNode(
          name.endsWith("Id")
              ? HexFormat.of().formatHex(content)
              : Base64.getEncoder().encodeToString(content));
    }
    if (value instanceof EnumValueDescriptor constant) {
      return NODES.numberNode(constant.getNumber());
    }
    if (value instanceof Integer number) {
      return NODES.numberNode(number);
    }
    if (value instanceof Double number) {
      return NODES.numberNode(number);
    }
    if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    }
    return NODES.textNode(value.toString());
  }
}

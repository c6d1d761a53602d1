package dev.spanwise.testing.otlp;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.List;

/** Reads attributes of OTLP. */
final class AttributeDecoder {
  private AttributeDecoder() {}

  /** Values that {@link Attributes} has no type for, such as maps, become their text. */
  static Attributes decode(List<KeyValue> attributes) {
    AttributesBuilder builder = Attributes.builder();
    for (KeyValue attribute : attributes) {
      put(builder, attribute.getKey(), attribute.getValue());
    }
    return builder.build();
  }

  private static void put(AttributesBuilder builder, String key, AnyValue value) {
    switch (value.getValueCase()) {
      case STRING_VALUE -> builder.put(key, value.getStringValue());
      case BOOL_VALUE -> builder.put(key, value.getBoolValue());
      case INT_VALUE -> builder.put(key, value.getIntValue());
      case DOUBLE_VALUE -> builder.put(key, value.getDoubleValue());
      case ARRAY_VALUE -> putArray(builder, key, value.getArrayValue().getValuesList());
      default -> builder.put(key, value.toString());
    }
  }

  private static void putArray(AttributesBuilder builder, String key, List<AnyValue> values) {
    AnyValue.ValueCase type =
        values.isEmpty() ? AnyValue.ValueCase.STRING_VALUE : values.get(0).getValueCase();
    boolean isUniform = values.stream().allMatch(value -> value.getValueCase() == type);
    if (isUniform && type == AnyValue.ValueCase.STRING_VALUE) {
      builder.put(key, values.stream().map(AnyValue::getStringValue).toArray(String[]::new));
    } else if (isUniform && type == AnyValue.ValueCase.INT_VALUE) {
      builder.put(key, values.stream().mapToLong(AnyValue::getIntValue).toArray());
    } else if (isUniform && type == AnyValue.ValueCase.DOUBLE_VALUE) {
      builder.put(key, values.stream().mapToDouble(AnyValue::getDoubleValue).toArray());
    } else if (isUniform && type == AnyValue.ValueCase.BOOL_VALUE) {
      boolean[] booleans = new boolean[values.size()];
      for (int i = 0; i < booleans.length; i++) {
        booleans[i] = values.get(i).getBoolValue();
      }
      builder.put(key, booleans);
    } else {
      builder.put(key, values.toString());
    }
  }
}

package dev.spanwise.instrumentation.invalidation;

import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import org.jspecify.annotations.Nullable;

/** What the spans of both ends have. */
final class MessageAttributes {
  private MessageAttributes() {}

  static Attributes of(String name, String type, String destination, @Nullable Long version) {
    AttributesBuilder attributes =
        Attributes.builder()
            .put(SpanwiseAttributes.MESSAGING_SYSTEM, "redis")
            .put(SpanwiseAttributes.MESSAGING_OPERATION_NAME, name)
            .put(SpanwiseAttributes.MESSAGING_OPERATION_TYPE, type)
            .put(SpanwiseAttributes.MESSAGING_DESTINATION_NAME, destination);
    if (version != null) {
      attributes.put(SpanwiseAttributes.SPANWISE_INVALIDATION_VERSION, version);
    }
    return attributes.build();
  }
}

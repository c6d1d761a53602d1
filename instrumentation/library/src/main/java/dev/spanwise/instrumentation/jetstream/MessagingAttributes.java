package dev.spanwise.instrumentation.jetstream;

import io.opentelemetry.api.common.AttributeKey;

/**
 * Attributes of OpenTelemetry's <a
 * href="https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/">messaging
 * spans</a>, which are still in development.
 */
final class MessagingAttributes {
  static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
  static final AttributeKey<String> OPERATION_NAME =
      AttributeKey.stringKey("messaging.operation.name");
  static final AttributeKey<String> OPERATION_TYPE =
      AttributeKey.stringKey("messaging.operation.type");
  static final AttributeKey<Long> BODY_SIZE = AttributeKey.longKey("messaging.message.body.size");

  /** How OpenTelemetry's instrumentation of NATS marks an inbox. */
  static final AttributeKey<Boolean> TEMPORARY =
      AttributeKey.booleanKey("messaging.destination.temporary");

  static final String NATS = "nats";

  private MessagingAttributes() {}
}

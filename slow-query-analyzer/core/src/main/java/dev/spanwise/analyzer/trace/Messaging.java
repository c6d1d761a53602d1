package dev.spanwise.analyzer.trace;

import org.jspecify.annotations.Nullable;

/**
 * What a messaging span says of its message.
 *
 * @param system {@code messaging.system}, such as {@code nats}
 * @param operation {@code messaging.operation.name} (or the older {@code messaging.operation}),
 *     such as {@code publish}; null where the span has none
 * @param destination {@code messaging.destination.name}: the subject, topic or channel; null where
 *     the span has none
 * @param consumerGroup {@code messaging.consumer.group.name} (or the older {@code
 *     messaging.kafka.consumer.group}); null where the span has none
 * @see <a
 *     href="https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/">conventions</a>
 */
public record Messaging(
    String system,
    @Nullable String operation,
    @Nullable String destination,
    @Nullable String consumerGroup) {}

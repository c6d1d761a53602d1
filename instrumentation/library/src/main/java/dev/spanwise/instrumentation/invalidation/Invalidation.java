package dev.spanwise.instrumentation.invalidation;

import org.jspecify.annotations.Nullable;

/**
 * A message of an invalidation channel.
 *
 * @param channel where it was published
 * @param message as it was received
 * @param envelope what the message says; null where it is no envelope, or a broken one
 */
public record Invalidation(
    String channel, String message, @Nullable InvalidationEnvelope envelope) {}

package dev.spanwise.agent.invalidation;

import dev.spanwise.instrumentation.invalidation.InvalidationEnvelope;
import dev.spanwise.instrumentation.invalidation.InvalidationReceiver;
import dev.spanwise.instrumentation.invalidation.Processing;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.lettuce.core.pubsub.PubSubMessage;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.instrumentation.api.internal.cache.Cache;
import io.opentelemetry.javaagent.bootstrap.CallDepth;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a connection received, while its listeners have it. Belongs to the thread that started it.
 */
public final class Delivery {
  // Every channel of the application passes here, most of them with other than invalidations.
  private static final InvalidationReceiver SHARED =
      InvalidationReceiver.builder(Telemetry.of(GlobalOpenTelemetry.get()))
          .plainMessageSpans(false)
          .build();

  // What one connection has received is new to another, and goes with it.
  private static final Cache<Object, InvalidationReceiver> RECEIVERS = Cache.weak();

  /** A char has no more in UTF-8, so that what is cut off here is too long in chars as well. */
  private static final int MAX_BYTES = 3 * (InvalidationEnvelope.MAX_LENGTH + 1);

  private final CallDepth depth;
  private final @Nullable Processing processing;

  private Delivery(CallDepth depth, @Nullable Processing processing) {
    this.depth = depth;
    this.processing = processing;
  }

  public static Delivery start(Object connection, PubSubMessage<?, ?> message) {
    // A cluster's endpoint calls the ordinary one.
    CallDepth depth = CallDepth.forClass(Delivery.class);
    boolean outermost = depth.getAndIncrement() == 0;
    try {
      return new Delivery(
          depth, outermost && isMessage(message) ? process(connection, message) : null);
    } catch (Throwable e) {
      // No Delivery, so nobody ends it.
      depth.decrementAndGet();
      throw e;
    }
  }

  public void end(@Nullable Throwable failure) {
    depth.decrementAndGet();
    if (processing != null) {
      processing.end(failure);
    }
  }

  /** As opposed to what the server says of subscriptions. */
  private static boolean isMessage(PubSubMessage<?, ?> message) {
    return switch (message.type().name()) {
      case "message", "pmessage", "smessage" -> true;
      default -> false;
    };
  }

  private static Processing process(Object connection, PubSubMessage<?, ?> message) {
    String destination = text(message.pattern() == null ? message.channel() : message.pattern());
    return RECEIVERS
        .computeIfAbsent(connection, c -> SHARED.forListener())
        .start(destination == null ? "unknown" : destination, text(message.body()));
  }

  /** Keys and values are what the connection's codec makes of them. */
  static @Nullable String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    return value instanceof byte[] bytes
        ? new String(bytes, 0, Math.min(bytes.length, MAX_BYTES), StandardCharsets.UTF_8)
        : null;
  }
}

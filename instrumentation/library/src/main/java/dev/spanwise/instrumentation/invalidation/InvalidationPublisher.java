package dev.spanwise.instrumentation.invalidation;

import dev.spanwise.instrumentation.telemetry.Loss;
import dev.spanwise.instrumentation.telemetry.SafeSpan;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import dev.spanwise.instrumentation.telemetry.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Publishes invalidations with the context of the trace that wrote, whatever the Redis client.
 * {@link LettuceInvalidations} is the same for Lettuce. Each makes a span {@code publish {channel}}
 * and, once it has been sent, a value of {@code spanwise.invalidation.lag} for the leg {@code
 * write_to_publish}. What the sending returns or throws comes through as it is.
 *
 * <p>Safe for use by several threads.
 */
public final class InvalidationPublisher {
  private final String source;
  private final Clock clock;
  private final Tracing tracing;
  private final InvalidationLag lag;
  private final String idPrefix = Long.toHexString(ThreadLocalRandom.current().nextLong()) + "-";
  private final AtomicLong nextId = new AtomicLong();

  InvalidationPublisher(Telemetry telemetry, String source, Clock clock) {
    this.source = source;
    this.clock = clock;
    this.tracing = telemetry.tracing(InvalidationReceiver.SCOPE);
    this.lag = new InvalidationLag(telemetry);
  }

  /**
   * A publisher by the system's clock.
   *
   * @param source who publishes, a URI reference as CloudEvents want it, such as {@code /orders}
   */
  public static InvalidationPublisher create(Telemetry telemetry, String source) {
    return new InvalidationPublisher(telemetry, source, Clock.systemUTC());
  }

  /**
   * Publishes with a client that waits for the answer.
   *
   * @param send sends the message that it is given to the channel
   * @return what {@code send} returned
   */
  public <R> R publish(String channel, Write write, Function<String, R> send) {
    Publishing publishing = start(channel, write);
    R sent = publishing.send(send);
    publishing.end(null);
    return sent;
  }

  /**
   * Publishes with a client that answers later.
   *
   * @param send sends the message that it is given to the channel
   * @return the very stage that {@code send} returned
   */
  public <S extends CompletionStage<?>> S publishAsync(
      String channel, Write write, Function<String, S> send) {
    Publishing publishing = start(channel, write);
    S stage = publishing.send(send);
    try {
      var unused = stage.whenComplete((answer, failure) -> publishing.end(cause(failure)));
    } catch (Throwable e) {
      // The message is on its way: the caller gets its stage whatever becomes of the span.
      tracing.failures().report(Loss.SPAN_END, "publish " + channel, e);
      publishing.abandon();
    }
    return stage;
  }

  private static @Nullable Throwable cause(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** For clients of another kind: the caller sends the message and says when it has been sent. */
  Publishing start(String channel, Write write) {
    Instant now = clock.instant();
    SafeSpan span =
        tracing.start(
            "publish " + channel,
            SpanKind.PRODUCER,
            MessageAttributes.of("publish", "send", channel, write.version()));
    Map<String, String> extensions = new LinkedHashMap<>();
    tracing.inject(span.context(), extensions, ExtensionCarrier.INSTANCE);
    InvalidationEnvelope envelope =
        new InvalidationEnvelope(
            idPrefix + nextId.incrementAndGet(), source, write, now, extensions);
    return new Publishing(channel, envelope, span, lag);
  }
}

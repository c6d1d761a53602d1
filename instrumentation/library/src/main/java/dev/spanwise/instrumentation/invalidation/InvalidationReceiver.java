package dev.spanwise.instrumentation.invalidation;

import dev.spanwise.instrumentation.telemetry.Counter;
import dev.spanwise.instrumentation.telemetry.MetricFamily;
import dev.spanwise.instrumentation.telemetry.SafeSpan;
import dev.spanwise.instrumentation.telemetry.SpanwiseMetrics;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import dev.spanwise.instrumentation.telemetry.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches how an application applies invalidations, whatever the Redis client; {@link
 * LettuceInvalidations} is the same for Lettuce. Each message makes a span {@code process
 * {channel}} around the application's callback, a child of the publisher's, and counts in {@code
 * spanwise.invalidation.messages} by what became of it:
 *
 * <ul>
 *   <li>{@code applied}: the callback returned;
 *   <li>{@code duplicate}: it did, and the key's version was the one seen last;
 *   <li>{@code out_of_order}: it did, and a later version of the key had been seen;
 *   <li>{@code plain}: no envelope, but the message of somebody else;
 *   <li>{@code malformed}: an envelope that breaks its form;
 *   <li>{@code failed}: the callback threw.
 * </ul>
 *
 * Every message reaches the callback, once. Whatever the callback throws passes on.
 *
 * <p>A key's versions are compared with the newest that this receiver has seen of it on the same
 * channel or pattern; each listener of {@link LettuceInvalidations} compares, remembers and counts
 * for itself, whoever shares its receiver. Where several callbacks of another client receive the
 * same channel, each needs a receiver of its own: the message of one would be the duplicate of the
 * other. A receiver remembers the keys seen last, {@value #DEFAULT_KEYS} by default; of a key that
 * it does not remember, as after a restart, the next version is the first, and nothing is missed. A
 * version that comes late has counted as missed before it counts as out of order. A key whose
 * versions start anew counts as out of order until it is forgotten.
 *
 * <p>Lags compare the clocks of three machines; a negative one counts as 0.
 *
 * <p>Safe for use by several threads.
 */
public final class InvalidationReceiver {
  /** How many keys are remembered by default, at about 200 bytes and the key's own length each. */
  public static final int DEFAULT_KEYS = 10_000;

  static final String SCOPE = "dev.spanwise.invalidation";

  private final Tracing tracing;
  private final MetricFamily<Counter> messages;
  private final MetricFamily<Counter> missed;
  private final InvalidationLag lag;
  private final int keys;
  private final KeyVersions versions;
  private final boolean consecutiveVersions;
  private final boolean plainMessageSpans;
  private final Clock clock;

  private InvalidationReceiver(Builder settings) {
    Telemetry telemetry = settings.telemetry;
    this.tracing = telemetry.tracing(SCOPE);
    this.messages = telemetry.counter(SpanwiseMetrics.SPANWISE_INVALIDATION_MESSAGES);
    this.missed = telemetry.counter(SpanwiseMetrics.SPANWISE_INVALIDATION_MISSED);
    this.lag = new InvalidationLag(telemetry);
    this.keys = settings.keys;
    this.versions = new KeyVersions(keys);
    this.consecutiveVersions = settings.consecutiveVersions;
    this.plainMessageSpans = settings.plainMessageSpans;
    this.clock = settings.clock;
  }

  private InvalidationReceiver(InvalidationReceiver settings) {
    this.tracing = settings.tracing;
    this.messages = settings.messages;
    this.missed = settings.missed;
    this.lag = settings.lag;
    this.keys = settings.keys;
    this.versions = new KeyVersions(keys);
    this.consecutiveVersions = settings.consecutiveVersions;
    this.plainMessageSpans = settings.plainMessageSpans;
    this.clock = settings.clock;
  }

  /** With the defaults of {@link #builder}. */
  public static InvalidationReceiver create(Telemetry telemetry) {
    return builder(telemetry).build();
  }

  public static Builder builder(Telemetry telemetry) {
    return new Builder(telemetry);
  }

  /**
   * The same with a memory of its own: what one listener, or one connection, has seen is new to
   * another.
   */
  public InvalidationReceiver forListener() {
    return new InvalidationReceiver(this);
  }

  /**
   * Hands a message to the application, with its envelope where it has one.
   *
   * @throws RuntimeException what the application throws
   */
  public void receive(String channel, String message, Consumer<Invalidation> application) {
    receive(channel, channel, message, application);
  }

  /**
   * Likewise for a message that came under a pattern.
   *
   * @param pattern stands on spans and metrics for the channel: patterns are few, channels need not
   *     be, and some, as those of keyspace notifications, hold keys
   */
  public void receive(
      String pattern, String channel, String message, Consumer<Invalidation> application) {
    Processing processing = start(pattern, message);
    processing.run(
        () -> application.accept(new Invalidation(channel, message, processing.envelope())));
  }

  /**
   * Starts the span of a message and makes it current; the caller hands the message to the
   * application and then ends the processing, on the same thread. For those who cannot give the
   * application as a function.
   *
   * @param destination the channel, or the pattern under which the message came
   * @param message null where it is no text
   */
  public Processing start(String destination, @Nullable String message) {
    Reading reading = message == null ? Reading.PLAIN : EnvelopeReader.read(message);
    SafeSpan span =
        reading.equals(Reading.PLAIN) && !plainMessageSpans
            ? tracing.withoutSpan()
            : span(destination, reading.envelope());
    return new Processing(
        this, destination, reading.envelope(), result(destination, reading), span);
  }

  private SafeSpan span(String destination, @Nullable InvalidationEnvelope envelope) {
    Long version = envelope == null ? null : envelope.write().version();
    Context parent = tracing.currentContext();
    if (envelope != null) {
      parent = tracing.extract(parent, envelope.extensions(), ExtensionCarrier.INSTANCE);
    }
    return tracing.start(
        "process " + destination,
        SpanKind.CONSUMER,
        parent,
        MessageAttributes.of("process", "process", destination, version),
        List.of());
  }

  private String result(String destination, Reading reading) {
    InvalidationEnvelope envelope = reading.envelope();
    if (envelope == null) {
      return reading.malformed() ? "malformed" : "plain";
    }
    Long version = envelope.write().version();
    if (version == null) {
      return "applied";
    }
    KeyVersions.Step step = versions.see(destination, envelope.write().key(), version);
    if (consecutiveVersions && step.missed() > 0) {
      missed.with(destination).add(step.missed());
    }
    return switch (step.order()) {
      case NEXT -> "applied";
      case REPEATED -> "duplicate";
      case LATE -> "out_of_order";
    };
  }

  /** Counts a message while its span is current. */
  void count(String destination, String result, @Nullable InvalidationEnvelope envelope) {
    messages.with(destination, result).add(1);
    if (envelope != null && !result.equals(Processing.FAILED)) {
      Instant now = clock.instant();
      lag.record(destination, "publish_to_apply", envelope.published(), now);
      lag.record(destination, "write_to_apply", envelope.write().committed(), now);
    }
  }

  /** Not safe for use by several threads. */
  public static final class Builder {
    private final Telemetry telemetry;
    private int keys = DEFAULT_KEYS;
    private boolean consecutiveVersions = true;
    private boolean plainMessageSpans = true;
    private Clock clock = Clock.systemUTC();

    private Builder(Telemetry telemetry) {
      this.telemetry = telemetry;
    }

    /**
     * How many keys' versions are remembered; {@value InvalidationReceiver#DEFAULT_KEYS} by
     * default.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder keys(int keys) {
      if (keys <= 0) {
        throw new IllegalArgumentException("the keys to remember are 1 or more, not " + keys);
      }
      this.keys = keys;
      return this;
    }

    /**
     * Whether the versions of a key follow one another without gaps, as a counter's do and times or
     * positions in a log do not. Only then a gap is counted as missed. True by default.
     */
    public Builder consecutiveVersions(boolean consecutive) {
      this.consecutiveVersions = consecutive;
      return this;
    }

    /**
     * Whether a message that is no envelope has a span. True by default; false for one who receives
     * everybody's messages, on channels that nobody knows. They count all the same.
     */
    public Builder plainMessageSpans(boolean spans) {
      this.plainMessageSpans = spans;
      return this;
    }

    /** The clock that lags are measured by; the system's by default. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    public InvalidationReceiver build() {
      return new InvalidationReceiver(this);
    }
  }
}

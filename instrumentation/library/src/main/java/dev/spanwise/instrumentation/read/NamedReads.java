package dev.spanwise.instrumentation.read;

import dev.spanwise.instrumentation.telemetry.Histogram;
import dev.spanwise.instrumentation.telemetry.MetricFamily;
import dev.spanwise.instrumentation.telemetry.SpanwiseMetrics;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import dev.spanwise.instrumentation.telemetry.Tracing;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes named reads, each a span and a duration around what the application asks for:
 *
 * <pre>{@code
 * NamedRead watchlist = NamedReads.create(telemetry).named("watchlist");
 * List<Quote> quotes = watchlist.call(read -> quotesOf(account));
 * }</pre>
 *
 * <p>Bounded: past {@value #MAX_NAMES} names every further one reads {@value MetricFamily#OTHER},
 * with one warning. Safe for use by several threads; one is enough for an application.
 */
public final class NamedReads {
  /** How many names may be told apart. */
  public static final int MAX_NAMES = 1_000;

  /** As long as OpenTelemetry's conventions let {@code db.query.summary} be. */
  public static final int MAX_NAME_LENGTH = 255;

  private static final Logger logger = LoggerFactory.getLogger(NamedReads.class);

  static final int SERIES_OF_A_NAME = Outcome.values().length * CacheResult.COUNT;

  private final Tracing tracing;
  private final MetricFamily<Histogram> durations;
  private final ConcurrentMap<String, NamedRead> reads = new ConcurrentHashMap<>();
  private final AtomicBoolean boundTold = new AtomicBoolean();

  private NamedReads(Telemetry telemetry) {
    tracing = telemetry.tracing("dev.spanwise.read");
    durations =
        telemetry.histogram(
            SpanwiseMetrics.SPANWISE_READ_DURATION, (MAX_NAMES + 1) * SERIES_OF_A_NAME);
  }

  public static NamedReads create(Telemetry telemetry) {
    return new NamedReads(telemetry);
  }

  /**
   * The read of this name; the same one each time.
   *
   * @param name one of few, such as {@code portfolio-summary}: never with an id or a value in it
   * @throws IllegalArgumentException if it is blank or longer than {@value #MAX_NAME_LENGTH}
   */
  public NamedRead named(String name) {
    NamedRead known = reads.get(name);
    return known != null ? known : make(name);
  }

  private NamedRead make(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the name of a read is blank");
    }
    if (name.length() > MAX_NAME_LENGTH) {
      throw new IllegalArgumentException(
          "the name of a read has %d characters, more than %d: %s..."
              .formatted(name.length(), MAX_NAME_LENGTH, name.substring(0, 40)));
    }
    if (reads.size() < MAX_NAMES) {
      return reads.computeIfAbsent(name, key -> new NamedRead(key, tracing, durations));
    }
    if (boundTold.compareAndSet(false, true)) {
      logger.warn(
          "More than {} named reads: '{}' and all further ones read '{}'. Is there a value in the"
              + " names?",
          MAX_NAMES,
          name,
          MetricFamily.OTHER);
    }
    return reads.computeIfAbsent(MetricFamily.OTHER, key -> new NamedRead(key, tracing, durations));
  }
}

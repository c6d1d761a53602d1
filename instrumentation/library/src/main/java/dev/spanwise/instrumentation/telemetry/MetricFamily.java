package dev.spanwise.instrumentation.telemetry;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * A metric's time series, one for each combination of label values. Bounded: past its bound,
 * {@value #MAX_SERIES} combinations unless told otherwise, every further one shares a series whose
 * labels all read {@value #OTHER}. Never throws for the registry's sake; safe for use by several
 * threads. A look-up costs a hash of the values: hold on to the series where a call has to be
 * cheap.
 *
 * @param <S> {@link Histogram}, {@link Counter} or {@link Gauge}
 */
public final class MetricFamily<S> {
  /** How many combinations of label values a metric may have, unless it is told otherwise. */
  public static final int MAX_SERIES = 1_000;

  /** The label value of what came after. */
  public static final String OTHER = "other";

  private final Metric metric;
  private final AtomicInteger maxSeries = new AtomicInteger(MAX_SERIES);
  private final BiFunction<Metric, List<String>, S> maker;
  private final ConcurrentMap<List<String>, S> series = new ConcurrentHashMap<>();

  // Guarded by itself.
  private final IdentityHashMap<S, Integer> holders = new IdentityHashMap<>();

  MetricFamily(Metric metric, Metric.Kind kind, BiFunction<Metric, List<String>, S> maker) {
    if (metric.kind() != kind) {
      throw new IllegalArgumentException(
          "metric %s is a %s, not a %s".formatted(metric.name(), metric.kind(), kind));
    }
    this.metric = metric;
    this.maker = maker;
  }

  /** Raises the bound, where it is below. */
  MetricFamily<S> admitting(int atLeast) {
    maxSeries.accumulateAndGet(atLeast, Math::max);
    return this;
  }

  /**
   * The series with these label values.
   *
   * @param labels one value for each of {@link Metric#labels()}, in that order
   */
  public S with(String... labels) {
    List<String> key = List.of(labels);
    S known = series.get(key);
    return known != null ? known : make(key);
  }

  /**
   * Likewise, for a caller that keeps it and may not be the only one to: the series stays until
   * everyone who held it has called {@link #release}.
   */
  public S hold(String... labels) {
    synchronized (holders) {
      S held = with(labels);
      holders.merge(held, 1, Integer::sum);
      return held;
    }
  }

  /** Gives back what {@link #hold} gave; the last to do so ends the series. */
  public void release(S held) {
    synchronized (holders) {
      if (holders.merge(held, -1, Integer::sum) == 0) {
        holders.remove(held);
        series.values().remove(held);
        end(held);
      }
    }
  }

  /**
   * Ends the series with these label values, which nobody holds; a gauge then shows no value any
   * more.
   */
  public void remove(String... labels) {
    S ended = series.remove(List.of(labels));
    if (ended != null) {
      end(ended);
    }
  }

  private void end(S ended) {
    if (ended instanceof Gauge gauge) {
      gauge.close();
    }
  }

  private S make(List<String> labels) {
    if (labels.size() != metric.labels().size()) {
      throw new IllegalArgumentException(
          "metric %s has the labels %s, not %d of them"
              .formatted(metric.name(), metric.labels(), labels.size()));
    }
    List<String> bounded =
        series.size() < maxSeries.get() ? labels : Collections.nCopies(labels.size(), OTHER);
    return series.computeIfAbsent(bounded, key -> maker.apply(metric, key));
  }
}

package dev.spanwise.testing.otlp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a collector has received; safe for use by several threads. */
final class ReceivedTelemetry {
  private static final int MOST_SPANS = 100_000;
  private static final int MOST_METRICS = 100_000;
  private static final int MOST_REASONS = 20;

  private final List<ExportedSpan> spans = new ArrayList<>();
  private final List<ExportedMetric> metrics = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  /**
   * Keeps spans.
   *
   * @throws IllegalStateException if they are too many
   */
  synchronized void addSpans(List<ExportedSpan> more) {
    add(spans, more, MOST_SPANS, "spans");
  }

  /**
   * Keeps metrics.
   *
   * @throws IllegalStateException if they are too many
   */
  synchronized void addMetrics(List<ExportedMetric> more) {
    add(metrics, more, MOST_METRICS, "metrics");
  }

  private <T> void add(List<T> kept, List<T> more, int most, String what) {
    if (kept.size() + more.size() > most) {
      throw new IllegalStateException(
          "%d %s are kept and %d more would be over %d"
              .formatted(kept.size(), what, more.size(), most));
    }
    kept.addAll(more);
    notifyAll();
  }

  synchronized void refused(String reason) {
    if (refused.size() < MOST_REASONS) {
      refused.add(reason);
    }
    notifyAll();
  }

  synchronized Telemetry snapshot() {
    return new Telemetry(spans, metrics);
  }

  synchronized void clear() {
    spans.clear();
    metrics.clear();
    refused.clear();
  }

  synchronized Telemetry await(Predicate<Telemetry> condition, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      if (!refused.isEmpty()) {
        throw new AssertionError("requests were refused: " + refused);
      }
      Telemetry now = snapshot();
      if (condition.test(now)) {
        return now;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("not within " + timeout + "; received were " + names());
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting for telemetry", e);
      }
    }
  }

  private String names() {
    return "spans %s and metrics %s"
        .formatted(counts(spans, ExportedSpan::name), counts(metrics, ExportedMetric::name));
  }

  private static <T> String counts(List<T> items, Function<T, String> name) {
    return items.stream()
        .collect(Collectors.groupingBy(name, TreeMap::new, Collectors.counting()))
        .toString();
  }
}

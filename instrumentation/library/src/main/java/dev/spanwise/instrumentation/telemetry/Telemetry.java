package dev.spanwise.instrumentation.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Where the instrumentation gets its spans and its meters from. Every feature of the library takes
 * one:
 *
 * <pre>{@code
 * Telemetry telemetry = Telemetry.of(openTelemetry, meterRegistry);
 * NamedReads reads = NamedReads.create(telemetry);
 * }</pre>
 *
 * <p>Each metric has one family here, whoever asks for it: a registry keeps the first of two gauges
 * and would show nothing of the second.
 *
 * <p>Nothing that is made from it throws, whatever the tracer, the registry or an exporter does:
 * what fails is logged, each kind of loss, replica and periodic task at most once a minute. Spans
 * end and meters count on the caller's thread: it waits for the SDK's processors, so give that a
 * batching one. Safe for use by several threads.
 */
public final class Telemetry {
  private final OpenTelemetry openTelemetry;
  private final Meters meters;
  private final TelemetryFailures failures = new TelemetryFailures();
  private final ConcurrentMap<Metric, MetricFamily<Histogram>> histograms =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<Metric, MetricFamily<Counter>> counters = new ConcurrentHashMap<>();
  private final ConcurrentMap<Metric, MetricFamily<Gauge>> gauges = new ConcurrentHashMap<>();

  private Telemetry(OpenTelemetry openTelemetry, Meters meters) {
    this.openTelemetry = openTelemetry;
    this.meters = new GuardedMeters(meters, failures);
  }

  /** Spans by OpenTelemetry, meters by Micrometer. */
  public static Telemetry of(OpenTelemetry openTelemetry, MeterRegistry registry) {
    return new Telemetry(openTelemetry, new MicrometerMeters(registry));
  }

  /** Spans and meters by OpenTelemetry; Micrometer need not be there. */
  public static Telemetry of(OpenTelemetry openTelemetry) {
    return new Telemetry(openTelemetry, new OpenTelemetryMeters(openTelemetry));
  }

  /**
   * The tracer of an instrumentation scope.
   *
   * @param scope such as {@code dev.spanwise.jetstream}
   */
  public Tracing tracing(String scope) {
    return new Tracing(openTelemetry, scope, failures);
  }

  public MetricFamily<Histogram> histogram(Metric metric) {
    return histogram(metric, MetricFamily.MAX_SERIES);
  }

  /**
   * A histogram with a higher bound, where the caller has bounded its labels already.
   *
   * @param maxSeries how many combinations of label values it may have; where it is asked for with
   *     several, the largest counts
   */
  public MetricFamily<Histogram> histogram(Metric metric, int maxSeries) {
    return histograms
        .computeIfAbsent(
            metric, made -> new MetricFamily<>(made, Metric.Kind.HISTOGRAM, meters::histogram))
        .admitting(maxSeries);
  }

  public MetricFamily<Counter> counter(Metric metric) {
    return counters.computeIfAbsent(
        metric, made -> new MetricFamily<>(made, Metric.Kind.COUNTER, meters::counter));
  }

  /** The caller removes the gauges that it no longer sets. */
  public MetricFamily<Gauge> gauge(Metric metric) {
    return gauges.computeIfAbsent(
        metric, made -> new MetricFamily<>(made, Metric.Kind.GAUGE, meters::gauge));
  }

  public TelemetryFailures failures() {
    return failures;
  }
}

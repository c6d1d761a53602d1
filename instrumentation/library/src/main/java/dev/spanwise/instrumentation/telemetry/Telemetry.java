package dev.spanwise.instrumentation.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;

/**
 * Where the instrumentation gets its spans and its meters from. Every feature of the library takes
 * one:
 *
 * <pre>{@code
 * Telemetry telemetry = Telemetry.of(openTelemetry, meterRegistry);
 * NamedReads reads = NamedReads.create(telemetry);
 * }</pre>
 *
 * <p>Nothing that is made from it throws or blocks, whatever the tracer, the registry or an
 * exporter does: what fails is logged, at most once a minute. Safe for use by several threads.
 */
public final class Telemetry {
  private final OpenTelemetry openTelemetry;
  private final Meters meters;
  private final TelemetryFailures failures;

  private Telemetry(OpenTelemetry openTelemetry, Meters meters, TelemetryFailures failures) {
    this.openTelemetry = openTelemetry;
    this.meters = meters;
    this.failures = failures;
  }

  /** Spans by OpenTelemetry, meters by Micrometer. */
  public static Telemetry of(OpenTelemetry openTelemetry, MeterRegistry registry) {
    TelemetryFailures failures = new TelemetryFailures();
    return new Telemetry(openTelemetry, new MicrometerMeters(registry, failures), failures);
  }

  /** Spans and meters by OpenTelemetry; Micrometer need not be there. */
  public static Telemetry of(OpenTelemetry openTelemetry) {
    TelemetryFailures failures = new TelemetryFailures();
    return new Telemetry(openTelemetry, new OpenTelemetryMeters(openTelemetry, failures), failures);
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
   * A histogram with a bound of its own, where the caller has bounded its labels already.
   *
   * @param maxSeries how many combinations of label values it may have
   */
  public MetricFamily<Histogram> histogram(Metric metric, int maxSeries) {
    return new MetricFamily<>(metric, Metric.Kind.HISTOGRAM, maxSeries, meters::histogram);
  }

  public MetricFamily<Counter> counter(Metric metric) {
    return new MetricFamily<>(
        metric, Metric.Kind.COUNTER, MetricFamily.MAX_SERIES, meters::counter);
  }

  /** The caller removes the gauges that it no longer sets. */
  public MetricFamily<Gauge> gauge(Metric metric) {
    return new MetricFamily<>(metric, Metric.Kind.GAUGE, MetricFamily.MAX_SERIES, meters::gauge);
  }

  public TelemetryFailures failures() {
    return failures;
  }
}

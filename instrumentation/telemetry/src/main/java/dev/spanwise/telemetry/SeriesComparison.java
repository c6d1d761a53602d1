package dev.spanwise.telemetry;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares time series with the contract, one after the other. */
final class SeriesComparison {

  /** What expositions add to a metric's own labels. */
  private static final Set<String> OF_THE_EXPOSITION = Set.of("le", "quantile");

  /** What all labels of a series read that stands for all that came after the bound. */
  private static final String OTHER = "other";

  private final TelemetryContract contract;
  private final Map<String, DeclaredMetric> byName = new HashMap<>();
  private final Map<String, Sightings> seen = new HashMap<>();
  private final Set<String> violations = new LinkedHashSet<>();

  SeriesComparison(TelemetryContract contract) {
    this.contract = contract;
    for (DeclaredMetric metric : contract.metrics()) {
      String base = PrometheusNames.base(metric);
      byName.put(metric.name(), metric);
      PrometheusNames.exposed(metric).forEach(name -> byName.put(name, metric));
      // Micrometer's largest value of late, and OpenMetrics' time of the first one.
      if (metric.kind() == MetricKind.HISTOGRAM) {
        byName.put(base + "_max", metric);
      }
      byName.put(base + "_created", metric);
    }
  }

  Set<String> violations() {
    return violations;
  }

  Sightings seen(DeclaredMetric metric) {
    return seen.computeIfAbsent(metric.name(), name -> new Sightings());
  }

  void add(ObservedSeries series) {
    DeclaredMetric metric = byName.get(series.name());
    if (metric == null) {
      if (series.name().startsWith("spanwise.") || series.name().startsWith("spanwise_")) {
        violations.add("the metric %s is not declared".formatted(series.name()));
      }
      return;
    }
    Sightings sightings = seen(metric);
    sightings.add();
    unit(metric, series.unit());
    boolean overflow = series.labels().values().stream().allMatch(OTHER::equals);
    series
        .labels()
        .forEach(
            (name, value) -> {
              DeclaredAttribute label = label(metric, name);
              if (label != null) {
                value(metric, label, value, overflow, sightings);
              } else if (!OF_THE_EXPOSITION.contains(name)) {
                violations.add(
                    "the metric %s has the undeclared label %s".formatted(metric.name(), name));
              }
            });
  }

  private @Nullable DeclaredAttribute label(DeclaredMetric metric, String name) {
    return contract.labels(metric).stream()
        .filter(label -> label.name().equals(name) || label.label().equals(name))
        .findFirst()
        .orElse(null);
  }

  private void value(
      DeclaredMetric metric,
      DeclaredAttribute label,
      String value,
      boolean overflow,
      Sightings sightings) {
    Bound bound = label.bound();
    boolean further = overflow || (bound != null && value.equals(bound.further()));
    int different = further ? 0 : sightings.add(label.name(), value);
    if (!further && !label.allows(value)) {
      violations.add(
          "the label %s of the metric %s is \"%s\", which is outside its closed set"
              .formatted(label.name(), metric.name(), value));
    }
    if (bound != null && different > bound.atMost()) {
      violations.add(
          "the label %s of the metric %s has more than %d values"
              .formatted(label.name(), metric.name(), bound.atMost()));
    }
  }

  private void unit(DeclaredMetric metric, @Nullable String unit) {
    if (unit != null
        && !unit.equals(metric.unit())
        && !unit.equals(PrometheusNames.unit(metric.unit()))) {
      violations.add(
          "the metric %s has the unit \"%s\", not %s"
              .formatted(metric.name(), unit, metric.unit()));
    }
  }
}

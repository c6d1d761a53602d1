package dev.spanwise.telemetry;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a metric is called in Prometheus: dots become underscores, seconds and bytes a suffix, and a
 * kind its own suffixes. So Micrometer's Prometheus registry names it, and so does the
 * OpenTelemetry Collector, but for units of 1, to which the Collector adds {@code _ratio}.
 *
 * @see <a href="https://prometheus.io/docs/practices/naming/">Prometheus' naming</a>
 */
final class PrometheusNames {

  private PrometheusNames() {}

  /**
   * The name with its unit and without the suffix of its kind: {@code
   * spanwise_read_duration_seconds}.
   */
  static String base(DeclaredMetric metric) {
    String name = metric.name().replace('.', '_');
    String unit = unit(metric.unit());
    return unit.isEmpty() || name.endsWith("_" + unit) ? name : name + "_" + unit;
  }

  /** All names that a query can use. */
  static Set<String> exposed(DeclaredMetric metric) {
    String base = base(metric);
    return new LinkedHashSet<>(
        switch (metric.kind()) {
          case HISTOGRAM -> List.of(base, base + "_bucket", base + "_sum", base + "_count");
          case COUNTER -> List.of(base + "_total");
          case GAUGE -> List.of(base);
          case INFO -> List.of(base + "_info");
        });
  }

  /** A unit as the suffix of a name; empty where it has none. */
  static String unit(String unit) {
    return switch (unit) {
      case "s" -> "seconds";
      case "By" -> "bytes";
      default -> "";
    };
  }
}

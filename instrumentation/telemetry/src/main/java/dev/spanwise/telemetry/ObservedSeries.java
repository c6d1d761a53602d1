package dev.spanwise.telemetry;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A time series that was recorded or scraped.
 *
 * @param name of its metric, dotted or as Prometheus knows it
 * @param unit as UCUM or Prometheus writes it; null where the observation does not say
 * @param labels values by their names, dotted or as Prometheus knows them
 */
public record ObservedSeries(String name, @Nullable String unit, Map<String, String> labels) {

  public ObservedSeries {
    labels = Map.copyOf(labels);
  }
}

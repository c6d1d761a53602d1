package dev.spanwise.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What JMH measured, by name: {@code NamedReadBenchmark.byHand[true]}. Forks of the same benchmark
 * count as one. The median of the iterations stands for all: one that was disturbed does not shift
 * it.
 */
final class Measurements {
  /**
   * One benchmark.
   *
   * @param nanos the time of one operation
   * @param bytes what it allocates
   * @param fastestNanos its time in the fastest iteration
   * @param processorNanos the processor time of its thread in the iteration that took least; null
   *     where that was not measured
   */
  record Measurement(
      double nanos, double bytes, double fastestNanos, @Nullable Double processorNanos) {}

  private final Map<String, List<JsonNode>> runs = new LinkedHashMap<>();

  private Measurements() {}

  /** Reads JMH's JSON. */
  static Measurements read(Path file) throws IOException {
    return of(new ObjectMapper().readTree(file.toFile()));
  }

  static Measurements of(JsonNode json) {
    Measurements measurements = new Measurements();
    json.forEach(
        run -> measurements.runs.computeIfAbsent(name(run), key -> new ArrayList<>()).add(run));
    return measurements;
  }

  private static String name(JsonNode run) {
    String qualified = run.path("benchmark").asText();
    String method = qualified.substring(qualified.lastIndexOf('.'));
    String type = qualified.substring(0, qualified.length() - method.length());
    String name = type.substring(type.lastIndexOf('.') + 1) + method;
    JsonNode parameters = run.path("params");
    return parameters.isEmpty() ? name : name + "[" + parameters.iterator().next().asText() + "]";
  }

  /** One of them; null where it was not run. */
  @Nullable Measurement get(String name) {
    List<JsonNode> found = runs.get(name);
    if (found == null) {
      return null;
    }
    List<Double> nanos = values(found, run -> run.path("primaryMetric"));
    return new Measurement(
        median(nanos),
        median(values(found, run -> run.path("secondaryMetrics").path("gc.alloc.rate.norm"))),
        Collections.min(nanos),
        processorNanos(found));
  }

  private static @Nullable Double processorNanos(List<JsonNode> runs) {
    List<Double> nanos = values(runs, run -> run.path("secondaryMetrics").path("processorNanos"));
    List<Double> reads = values(runs, run -> run.path("secondaryMetrics").path("reads"));
    if (reads.isEmpty()) {
      return null;
    }
    List<Double> each = new ArrayList<>();
    for (int i = 0; i < reads.size(); i++) {
      each.add(nanos.get(i) / reads.get(i));
    }
    return Collections.min(each);
  }

  private interface Metric {
    JsonNode of(JsonNode run);
  }

  private static List<Double> values(List<JsonNode> runs, Metric metric) {
    return runs.stream()
        .flatMap(run -> elements(metric.of(run).path("rawData")))
        .flatMap(Measurements::elements)
        .map(JsonNode::asDouble)
        .toList();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}

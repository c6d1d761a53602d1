package dev.spanwise.telemetry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every span, attribute and metric that Spanwise emits. Immutable.
 *
 * @param areas in the order of the file
 */
public record TelemetryContract(List<Area> areas) {

  private static final String FILE = "telemetry.yaml";

  public TelemetryContract {
    areas = List.copyOf(areas);
  }

  /** The contract of this version, from the class path. */
  public static TelemetryContract ofThisVersion() {
    try (InputStream in =
        Objects.requireNonNull(TelemetryContract.class.getResourceAsStream(FILE), FILE)) {
      return ContractReader.read(FILE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a contract.
   *
   * @throws ContractException if it has mistakes; the message names each with its place
   * @throws IOException if the file cannot be read
   */
  public static TelemetryContract read(Path file) throws IOException {
    return ContractReader.read(file.toString(), Files.readString(file));
  }

  public List<DeclaredAttribute> attributes() {
    return all(Area::attributes);
  }

  public List<DeclaredSpan> spans() {
    return all(Area::spans);
  }

  public List<DeclaredMetric> metrics() {
    return all(Area::metrics);
  }

  /** The attribute of a dotted name; null where none is declared. */
  public @Nullable DeclaredAttribute attribute(String name) {
    return attributes().stream()
        .filter(attribute -> attribute.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Who sets an attribute, on spans or as a label. */
  public Set<Emitter> emitters(DeclaredAttribute attribute) {
    Stream<Emitter> ofSpans =
        spans().stream()
            .filter(span -> span.attributes().contains(attribute.name()))
            .flatMap(span -> span.emitters().stream());
    Stream<Emitter> ofMetrics =
        metrics().stream()
            .filter(metric -> metric.labels().contains(attribute.name()))
            .flatMap(metric -> metric.emitters().stream());
    return Stream.concat(ofSpans, ofMetrics)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Emitter.class)));
  }

  /**
   * The names that metrics have in Prometheus: of a histogram the family's and those that end in
   * {@code _bucket}, {@code _sum} and {@code _count}; of a counter the one in {@code _total}.
   */
  public SortedSet<String> prometheusNames() {
    return metrics().stream()
        .flatMap(metric -> PrometheusNames.exposed(metric).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The labels that Prometheus knows a metric by, {@code le} among them where the name is that of
   * buckets. What a scrape adds ({@code job}, {@code instance}) is not among them.
   *
   * @param prometheusName one of {@link #prometheusNames}
   * @throws IllegalArgumentException if no metric has the name
   */
  public SortedSet<String> labels(String prometheusName) {
    DeclaredMetric metric =
        metrics().stream()
            .filter(each -> PrometheusNames.exposed(each).contains(prometheusName))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "telemetry.yaml declares no metric that Prometheus knows as "
                            + prometheusName));
    SortedSet<String> labels =
        labels(metric).stream()
            .map(DeclaredAttribute::label)
            .collect(Collectors.toCollection(TreeSet::new));
    if (prometheusName.equals(PrometheusNames.base(metric) + "_bucket")) {
      labels.add("le");
    }
    return labels;
  }

  /** A metric's labels as attributes, in the metric's order. */
  List<DeclaredAttribute> labels(DeclaredMetric metric) {
    return metric.labels().stream()
        .map(name -> Objects.requireNonNull(attribute(name), name))
        .toList();
  }

  private <T> List<T> all(Function<Area, Collection<T>> part) {
    return areas.stream().flatMap(area -> part.apply(area).stream()).toList();
  }
}

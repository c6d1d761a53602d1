package dev.spanwise.telemetry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What was emitted, compared with what is declared.
 *
 * <p>Of other people's spans only the attributes are looked at that are ours to set, of their
 * metrics nothing. Immutable.
 */
public final class EmittedNames {

  private final TelemetryContract contract;
  private final SpanComparison spans;
  private final SeriesComparison series;

  private EmittedNames(TelemetryContract contract, SpanComparison spans, SeriesComparison series) {
    this.contract = contract;
    this.spans = spans;
    this.series = series;
  }

  /** Compares all that a run emitted. */
  public static EmittedNames compare(
      TelemetryContract contract,
      Collection<ObservedSpan> spans,
      Collection<ObservedSeries> series) {
    SpanComparison spanComparison = new SpanComparison(contract);
    spans.forEach(spanComparison::add);
    SeriesComparison seriesComparison = new SeriesComparison(contract);
    series.forEach(seriesComparison::add);
    return new EmittedNames(contract, spanComparison, seriesComparison);
  }

  /**
   * What was emitted against the contract, each once: names that it does not declare, labels and
   * attributes of another metric or span, values outside a closed set, more values than the bound,
   * other types and units.
   */
  public List<String> violations() {
    List<String> violations = new ArrayList<>(spans.violations());
    violations.addAll(series.violations());
    return violations;
  }

  /**
   * What the contract says that these emit and was not seen: a whole span or metric, or an
   * attribute of a span or a label of a metric that was.
   */
  public List<String> neverSeen(Set<Emitter> emitters) {
    List<String> missing = new ArrayList<>();
    for (DeclaredSpan span : contract.spans()) {
      if (span.emitters().stream().anyMatch(emitters::contains)) {
        missing("span " + span.id(), "attribute", span.attributes(), spans.seen(span), missing);
      }
    }
    for (DeclaredMetric metric : contract.metrics()) {
      if (metric.emitters().stream().anyMatch(emitters::contains)) {
        missing("metric " + metric.name(), "label", metric.labels(), series.seen(metric), missing);
      }
    }
    return missing;
  }

  private static void missing(
      String owner, String part, List<String> declared, Sightings seen, List<String> missing) {
    if (!seen.any()) {
      missing.add(owner);
      return;
    }
    declared.stream()
        .filter(name -> !seen.has(name))
        .forEach(name -> missing.add("%s %s of %s".formatted(part, name, owner)));
  }
}

package dev.spanwise.telemetry;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes {@code docs/telemetry.md}. */
final class TelemetryPage {

  private static final String INTRODUCTION =
      """
      # Telemetry

      Every span, attribute and metric of Spanwise: nothing else is emitted, and dashboards, alerts and pages use no
      other name. Generated from [telemetry.yaml](../instrumentation/telemetry.yaml); why:
      [ADR 19](adr/0019-one-telemetry-contract.md).

      - What OpenTelemetry's conventions define is used as they define it. What they lack begins with `spanwise.`.
      - A metric's label is an attribute, in Prometheus with underscores for dots unless the table says otherwise.
      - No label holds statement text or any other unbounded value. Past 1,000 series of one metric, further ones of the
        library share a series whose labels all read `other`; `spanwise.read.duration` and
        `spanwise.jetstream.process.duration` have 1,000 names for each combination of the labels with a closed set.
      - *development*: may change with any version, and the change log says so. *stable*: changes with a major version alone.
      - Counters end in `_total` in Prometheus. A histogram has `_bucket`, `_sum` and `_count`; Micrometer adds `_max`.
      """;

  private final TelemetryContract contract;
  private final StringBuilder page = new StringBuilder(INTRODUCTION);

  private TelemetryPage(TelemetryContract contract) {
    this.contract = contract;
  }

  static String of(TelemetryContract contract) {
    TelemetryPage page = new TelemetryPage(contract);
    contract.areas().forEach(page::area);
    return page.page.toString();
  }

  private void area(Area area) {
    page.append("\n## ").append(area.title()).append("\n\n").append(area.brief()).append('\n');
    if (!area.spans().isEmpty()) {
      page.append("\n### Spans\n");
      area.spans().forEach(this::span);
    }
    if (!area.metrics().isEmpty()) {
      page.append("\n### Metrics\n\n");
      row("metric", "in Prometheus", "kind", "labels", "what it is", "from");
      row("---", "---", "---", "---", "---", "---");
      area.metrics().forEach(this::metric);
      area.metrics().stream()
          .filter(metric -> !metric.buckets().isEmpty())
          .collect(
              Collectors.groupingBy(
                  DeclaredMetric::buckets, LinkedHashMap::new, Collectors.toList()))
          .forEach(this::buckets);
    }
    if (!area.attributes().isEmpty()) {
      page.append("\n### Attributes\n\n");
      row("attribute", "type", "values", "what it says", "stability", "from");
      row("---", "---", "---", "---", "---", "---");
      area.attributes().forEach(this::attribute);
    }
  }

  private void span(DeclaredSpan span) {
    String made =
        span.madeBy() == null
            ? ""
            : ", made by " + span.madeBy() + ", which these attributes are added to";
    page.append("\n**")
        .append(span.names().isEmpty() ? "its own name" : codes(span.names(), " or "))
        .append("** (")
        .append(Fields.written(span.kind()))
        .append(made)
        .append("; ")
        .append(Fields.written(span.stability()))
        .append("; from the ")
        .append(written(span.emitters()))
        .append("): ")
        .append(span.brief())
        .append('\n');
    if (!span.attributes().isEmpty()) {
      page.append('\n').append(codes(span.attributes(), ", ")).append('\n');
    }
  }

  private void metric(DeclaredMetric metric) {
    List<String> labels =
        contract.labels(metric).stream()
            .map(
                attribute ->
                    attribute.ownLabel() == null
                        ? "`" + attribute.name() + "`"
                        : "`" + attribute.label() + "` (`" + attribute.name() + "`)")
            .toList();
    List<String> exposed = List.copyOf(PrometheusNames.exposed(metric));
    row(
        "`" + metric.name() + "`",
        "`" + exposed.get(0) + "`",
        Fields.written(metric.kind())
            + (metric.unit().equals("1") ? "" : ", `" + metric.unit() + "`"),
        String.join(", ", labels),
        metric.brief() + " *" + Fields.written(metric.stability()) + "*",
        written(metric.emitters()));
  }

  private void buckets(List<Double> buckets, List<DeclaredMetric> metrics) {
    page.append("\nBuckets of ")
        .append(codes(metrics.stream().map(DeclaredMetric::name).toList(), ", "))
        .append(" in ")
        .append(metrics.get(0).unit())
        .append(": ")
        .append(buckets.stream().map(TelemetryPage::number).collect(Collectors.joining(", ")))
        .append(".\n");
  }

  private void attribute(DeclaredAttribute attribute) {
    Convention convention = attribute.convention();
    String name = "`" + attribute.name() + "`";
    row(
        convention == null ? name : "[" + name + "](" + convention.page(attribute.name()) + ")",
        Fields.written(attribute.type()),
        values(attribute),
        attribute.brief()
            + (attribute.privacy() == null ? "" : " *Privacy:* " + attribute.privacy()),
        Fields.written(attribute.stability()),
        written(contract.emitters(attribute)));
  }

  private static String values(DeclaredAttribute attribute) {
    if (!attribute.values().isEmpty()) {
      return attribute.values().stream()
          .map(value -> "`" + value.value() + "` " + value.brief())
          .collect(Collectors.joining("<br>"));
    }
    Bound bound = attribute.bound();
    if (bound == null) {
      return "";
    }
    String further = bound.further() == null ? "" : ", further ones `" + bound.further() + "`";
    return "%s; at most %s%s"
        .formatted(bound.by(), String.format(Locale.ROOT, "%,d", bound.atMost()), further);
  }

  private void row(String... cells) {
    page.append("| ");
    page.append(
        Arrays.stream(cells)
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ")));
    page.append(" |\n");
  }

  private static String codes(List<String> names, String separator) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(separator));
  }

  private static String written(Collection<Emitter> emitters) {
    return emitters.stream()
        .map(emitter -> Fields.written(emitter).replace('-', ' '))
        .collect(Collectors.joining(", "));
  }

  private static String number(double bound) {
    String text = Double.toString(bound);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}

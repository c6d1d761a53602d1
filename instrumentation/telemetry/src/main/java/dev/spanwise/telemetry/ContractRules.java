package dev.spanwise.telemetry;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a contract has to keep beyond its shape. Names that are missing were reported with the shape
 * and are passed over here, so that one mistake is told once.
 */
final class ContractRules {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)+");
  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_]*");
  private static final String OWN_PREFIX = "spanwise.";

  /** An attribute in a span's name. */
  static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]*)}");

  /** The base units that Prometheus wants, and UCUM's annotations for counted things. */
  private static final Pattern UNIT = Pattern.compile("s|By|1|\\{[a-z_]+}");

  private static final Set<String> STATEMENT_TEXT =
      Set.of("db.query.text", "db.statement", "db.query.parameter");

  private final List<Located<Area>> areas;
  private final List<Located<DeclaredAttribute>> attributes;
  private final List<Located<DeclaredSpan>> spans;
  private final List<Located<DeclaredMetric>> metrics;
  private final Mistakes mistakes;
  private final Map<String, DeclaredAttribute> byName = new HashMap<>();

  ContractRules(
      List<Located<Area>> areas,
      List<Located<DeclaredAttribute>> attributes,
      List<Located<DeclaredSpan>> spans,
      List<Located<DeclaredMetric>> metrics,
      Mistakes mistakes) {
    this.areas = areas;
    this.attributes = attributes;
    this.spans = spans;
    this.metrics = metrics;
    this.mistakes = mistakes;
    attributes.forEach(each -> byName.put(each.value().name(), each.value()));
  }

  void check() {
    unique("area", areas, Area::id);
    unique("attribute", attributes, DeclaredAttribute::name);
    unique("span", spans, DeclaredSpan::id);
    unique("metric", metrics, DeclaredMetric::name);
    uniqueInPrometheus();
    Set<String> used = used();
    attributes.forEach(each -> attribute(each, used));
    spans.forEach(this::span);
    metrics.forEach(this::metric);
  }

  private <T> void unique(String what, List<Located<T>> all, Function<T, String> name) {
    Map<String, Integer> lines = new HashMap<>();
    for (Located<T> each : all) {
      String text = name.apply(each.value());
      Integer first = lines.putIfAbsent(text, each.fields().node().line());
      if (first != null && !text.isEmpty()) {
        mistakes.add(
            each.fields().node(),
            "the %s \"%s\" is declared twice, first in line %d".formatted(what, text, first));
      }
    }
  }

  private void uniqueInPrometheus() {
    Map<String, String> owners = new HashMap<>();
    for (Located<DeclaredMetric> each : metrics) {
      String name = each.value().name();
      for (String exposed : PrometheusNames.exposed(each.value())) {
        String owner = owners.putIfAbsent(exposed, name);
        if (owner != null && !owner.equals(name)) {
          mistakes.add(
              each.fields().at("name"),
              "\"%s\" is \"%s\" in Prometheus, as \"%s\" is".formatted(name, exposed, owner));
          break;
        }
      }
    }
  }

  private Set<String> used() {
    Set<String> used = new HashSet<>();
    spans.forEach(each -> used.addAll(each.value().attributes()));
    metrics.forEach(each -> used.addAll(each.value().labels()));
    return used;
  }

  private void attribute(Located<DeclaredAttribute> located, Set<String> used) {
    DeclaredAttribute attribute = located.value();
    Fields fields = located.fields();
    if (attribute.convention() == null) {
      ownName(fields.at("name"), attribute.name());
    } else if (attribute.name().startsWith(OWN_PREFIX)) {
      mistakes.add(fields.at("ref"), "an own name is declared with \"name\", not with \"ref\"");
    } else {
      wellFormed(fields.at("ref"), attribute.name());
    }
    if (!attribute.name().isEmpty() && !used.contains(attribute.name())) {
      mistakes.add(fields.node(), "no span and no metric has \"" + attribute.name() + "\"");
    }
    if (attribute.unit() != null) {
      unit(fields.at("unit"), attribute.unit());
    }
    if (attribute.ownLabel() != null && !LABEL.matcher(attribute.label()).matches()) {
      mistakes.add(
          fields.at("label"),
          "\"" + attribute.label() + "\" is not lower-case words and underscores");
    }
    if (!attribute.values().isEmpty()) {
      Stream<String> values = attribute.values().stream().map(AllowedValue::value);
      distinct(fields.at("values"), values.toList());
      if (attribute.bound() != null) {
        mistakes.add(fields.at("bound"), "a closed set of values is its own bound");
      }
      if (attribute.type() != AttributeType.STRING) {
        mistakes.add(fields.at("values"), "a closed set is one of strings");
      }
    }
  }

  private void span(Located<DeclaredSpan> located) {
    DeclaredSpan span = located.value();
    Fields fields = located.fields();
    declared(fields.at("attributes"), span.attributes());
    emitted(fields);
    if (span.madeBy() == null && fields.isEmpty("names")) {
      mistakes.add(fields.node(), "\"names\" has no name");
    }
    for (String name : span.names()) {
      Matcher placeholder = PLACEHOLDER.matcher(name);
      while (placeholder.find()) {
        if (!span.attributes().contains(placeholder.group(1))) {
          mistakes.add(
              fields.at("names"),
              "the span's name holds \"%s\", which is none of its attributes"
                  .formatted(placeholder.group(1)));
        }
      }
    }
  }

  private void metric(Located<DeclaredMetric> located) {
    DeclaredMetric metric = located.value();
    Fields fields = located.fields();
    ownName(fields.at("name"), metric.name());
    if (!metric.unit().isEmpty()) {
      unit(fields.at("unit"), metric.unit());
    }
    emitted(fields);
    buckets(metric, fields);
    labels(metric, fields.at("labels"));
  }

  private void buckets(DeclaredMetric metric, Fields fields) {
    boolean histogram = metric.kind() == MetricKind.HISTOGRAM;
    if (histogram && fields.isEmpty("buckets")) {
      mistakes.add(fields.node(), "a histogram without \"buckets\"");
    } else if (!histogram && fields.has("buckets")) {
      mistakes.add(fields.at("buckets"), "buckets belong to histograms alone");
    }
    for (int i = 1; i < metric.buckets().size(); i++) {
      if (metric.buckets().get(i) <= metric.buckets().get(i - 1)) {
        mistakes.add(
            fields.at("buckets"),
            "buckets ascend, but %s follows %s"
                .formatted(metric.buckets().get(i), metric.buckets().get(i - 1)));
        return;
      }
    }
  }

  private void labels(DeclaredMetric metric, YamlNode place) {
    declared(place, metric.labels());
    Set<String> names = new HashSet<>();
    for (String label : new LinkedHashSet<>(metric.labels())) {
      DeclaredAttribute attribute = byName.get(label);
      if (attribute == null) {
        continue;
      }
      if (STATEMENT_TEXT.stream().anyMatch(label::startsWith)) {
        mistakes.add(place, "\"" + label + "\" is statement text, which is never a label");
      } else if (attribute.values().isEmpty()
          && attribute.bound() == null
          && attribute.type() != AttributeType.BOOLEAN) {
        mistakes.add(place, "the label \"" + label + "\" has neither \"values\" nor a \"bound\"");
      }
      if (!names.add(attribute.label())) {
        mistakes.add(place, "two labels are \"" + attribute.label() + "\" in Prometheus");
      }
    }
  }

  private void declared(YamlNode place, List<String> names) {
    distinct(place, names);
    for (String name : names) {
      if (!name.isEmpty() && !byName.containsKey(name)) {
        mistakes.add(place, "the attribute \"" + name + "\" is not declared");
      }
    }
  }

  private void distinct(YamlNode place, List<String> texts) {
    Set<String> seen = new HashSet<>();
    for (String text : texts) {
      if (!text.isEmpty() && !seen.add(text)) {
        mistakes.add(place, "\"" + text + "\" stands here twice");
      }
    }
  }

  private void emitted(Fields fields) {
    if (fields.isEmpty("emitters")) {
      mistakes.add(fields.node(), "\"emitters\" names nobody");
    }
  }

  private void ownName(YamlNode place, String name) {
    if (wellFormed(place, name) && !name.startsWith(OWN_PREFIX)) {
      mistakes.add(place, "the own name \"" + name + "\" does not begin with \"spanwise.\"");
    }
  }

  /** False where the name is missing, too: that was reported with the shape. */
  private boolean wellFormed(YamlNode place, String name) {
    boolean wellFormed = NAME.matcher(name).matches();
    if (!wellFormed && !name.isEmpty()) {
      mistakes.add(place, "\"" + name + "\" is not lower-case words joined by dots");
    }
    return wellFormed;
  }

  private void unit(YamlNode place, String unit) {
    if (!UNIT.matcher(unit).matches()) {
      mistakes.add(place, "the unit \"%s\" is none of s, By, 1 and {thing}".formatted(unit));
    }
  }
}

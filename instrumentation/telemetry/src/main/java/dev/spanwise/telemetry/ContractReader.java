package dev.spanwise.telemetry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the shape of a contract; {@link ContractRules} judges what it says. */
final class ContractReader {

  private final Mistakes mistakes;
  private final List<Located<Area>> areas = new ArrayList<>();
  private final List<Located<DeclaredAttribute>> attributes = new ArrayList<>();
  private final List<Located<DeclaredSpan>> spans = new ArrayList<>();
  private final List<Located<DeclaredMetric>> metrics = new ArrayList<>();

  private ContractReader(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /**
   * @param file its name, for the mistakes
   * @throws ContractException if it has a mistake
   */
  static TelemetryContract read(String file, String text) throws IOException {
    Mistakes mistakes = new Mistakes(file);
    YamlNode root = YamlTree.parse(text, mistakes);
    ContractReader reader = new ContractReader(mistakes);
    if (root != null) {
      reader.read(root);
    }
    mistakes.throwIfAny();
    return new TelemetryContract(reader.areas.stream().map(Located::value).toList());
  }

  private void read(YamlNode root) {
    Fields fields = new Fields(root, mistakes);
    areas.addAll(fields.list("areas", this::area));
    fields.close();
    if (areas.isEmpty()) {
      mistakes.add(root, "nothing is declared");
    }
    new ContractRules(areas, attributes, spans, metrics, mistakes).check();
  }

  private Located<Area> area(YamlNode node) {
    Fields fields = new Fields(node, mistakes);
    Area area =
        new Area(
            fields.text("id"),
            fields.text("title"),
            fields.text("brief"),
            fields.list("attributes", this::attribute),
            fields.list("spans", this::span),
            fields.list("metrics", this::metric));
    fields.close();
    return new Located<>(area, fields);
  }

  private DeclaredAttribute attribute(YamlNode node) {
    Fields fields = new Fields(node, mistakes);
    boolean reference = fields.has("ref");
    DeclaredAttribute attribute =
        new DeclaredAttribute(
            fields.text(reference ? "ref" : "name"),
            reference ? fields.choice("convention", Convention.OPENTELEMETRY) : null,
            fields.choice("type", AttributeType.STRING),
            fields.optionalText("unit"),
            fields.choice("stability", Stability.DEVELOPMENT),
            fields.text("brief"),
            fields.optionalText("label"),
            fields.list("values", this::allowedValue),
            bound(fields.optionalMapping("bound")),
            fields.choices("readers", Reader.ANALYZER_INGEST),
            fields.optionalText("privacy"));
    fields.close();
    attributes.add(new Located<>(attribute, fields));
    return attribute;
  }

  private AllowedValue allowedValue(YamlNode node) {
    Fields fields = new Fields(node, mistakes);
    AllowedValue value = new AllowedValue(fields.text("value"), fields.text("brief"));
    fields.close();
    return value;
  }

  private static @Nullable Bound bound(@Nullable Fields fields) {
    if (fields == null) {
      return null;
    }
    Bound bound =
        new Bound(fields.text("by"), fields.count("at_most"), fields.optionalText("further"));
    fields.close();
    return bound;
  }

  private DeclaredSpan span(YamlNode node) {
    Fields fields = new Fields(node, mistakes);
    DeclaredSpan span =
        new DeclaredSpan(
            fields.text("id"),
            fields.texts("names"),
            fields.choice("kind", SpanKind.INTERNAL),
            fields.optionalText("made_by"),
            fields.texts("attributes"),
            fields.choice("stability", Stability.DEVELOPMENT),
            fields.text("brief"),
            fields.choices("emitters", Emitter.LIBRARY));
    fields.close();
    spans.add(new Located<>(span, fields));
    return span;
  }

  private DeclaredMetric metric(YamlNode node) {
    Fields fields = new Fields(node, mistakes);
    DeclaredMetric metric =
        new DeclaredMetric(
            fields.text("name"),
            fields.choice("kind", MetricKind.GAUGE),
            fields.text("unit"),
            fields.list("buckets", fields::number),
            fields.texts("labels"),
            fields.choice("stability", Stability.DEVELOPMENT),
            fields.text("brief"),
            fields.choices("emitters", Emitter.LIBRARY));
    fields.close();
    metrics.add(new Located<>(metric, fields));
    return metric;
  }
}

package dev.spanwise.telemetry;

import java.util.List;
import java.util.Set;

/** The library's constants, which the agent extension uses too. */
final class LibrarySources {

  static final String PACKAGE = "dev.spanwise.instrumentation.telemetry";

  private static final Set<Emitter> USERS = Set.of(Emitter.LIBRARY, Emitter.AGENT_EXTENSION);

  private LibrarySources() {}

  /** The keys of all attributes that it sets. */
  static String attributes(TelemetryContract contract) {
    JavaSource source =
        new JavaSource()
            .header(PACKAGE)
            .line("import io.opentelemetry.api.common.AttributeKey;")
            .line("")
            .javadoc(
                "The attributes that this library sets, as {@code telemetry.yaml} declares them.")
            .open("public final class SpanwiseAttributes");
    for (DeclaredAttribute attribute : attributesOf(contract)) {
      source
          .javadoc(described(attribute))
          .constant(
              "public static final AttributeKey<%s> %s"
                  .formatted(javaType(attribute.type()), JavaSource.constantName(attribute.name())),
              JavaExpression.call(
                  "AttributeKey." + keyMethod(attribute.type()),
                  JavaExpression.text(attribute.name())))
          .line("");
    }
    return source.line("private SpanwiseAttributes() {}").close().toString();
  }

  /** The values of attributes whose values are a closed set. */
  static String values(TelemetryContract contract) {
    JavaSource source =
        new JavaSource()
            .header(PACKAGE)
            .javadoc(
                "The values of the attributes that have a closed set of them, as {@code"
                    + " telemetry.yaml} declares them.")
            .open("public final class SpanwiseValues");
    for (DeclaredAttribute attribute : attributesOf(contract)) {
      if (attribute.values().isEmpty()) {
        continue;
      }
      String type = JavaSource.typeName(attribute.name());
      source
          .javadoc("Values of {@code " + attribute.name() + "}.")
          .open("public static final class " + type);
      for (AllowedValue value : attribute.values()) {
        source
            .javadoc(value.brief())
            .constant(
                "public static final String " + JavaSource.constantName(value.value()),
                JavaExpression.text(value.value()))
            .line("");
      }
      source.line("private " + type + "() {}").close().line("");
    }
    return source.line("private SpanwiseValues() {}").close().toString();
  }

  /** The metrics that it records. */
  static String metrics(TelemetryContract contract) {
    JavaSource source =
        new JavaSource()
            .header(PACKAGE)
            .line("import java.util.List;")
            .line("")
            .javadoc(
                "The metrics that this library records, as {@code telemetry.yaml} declares them.")
            .open("public final class SpanwiseMetrics");
    for (DeclaredMetric metric : contract.metrics()) {
      if (metric.emitters().stream().anyMatch(USERS::contains)) {
        source
            .javadoc(metric.brief())
            .constant(
                "public static final Metric " + JavaSource.constantName(metric.name()),
                metric(metric))
            .line("");
      }
    }
    return source.line("private SpanwiseMetrics() {}").close().toString();
  }

  private static JavaExpression metric(DeclaredMetric metric) {
    return JavaExpression.call(
        "new Metric",
        JavaExpression.text(metric.name()),
        JavaExpression.of("Metric.Kind." + metric.kind().name()),
        JavaExpression.text(metric.brief()),
        JavaExpression.text(metric.unit()),
        JavaExpression.call(
            "List.of",
            metric.buckets().stream()
                .map(bound -> JavaExpression.of(Double.toString(bound)))
                .toList()),
        JavaExpression.call(
            "List.of",
            metric.labels().stream()
                .map(
                    label ->
                        JavaExpression.of("SpanwiseAttributes." + JavaSource.constantName(label)))
                .toList()));
  }

  private static List<DeclaredAttribute> attributesOf(TelemetryContract contract) {
    return contract.attributes().stream()
        .filter(attribute -> contract.emitters(attribute).stream().anyMatch(USERS::contains))
        .toList();
  }

  private static String described(DeclaredAttribute attribute) {
    if (attribute.values().isEmpty()) {
      return attribute.brief();
    }
    return attribute.brief()
        + " One of {@link SpanwiseValues."
        + JavaSource.typeName(attribute.name())
        + "}.";
  }

  private static String javaType(AttributeType type) {
    return switch (type) {
      case STRING -> "String";
      case INT -> "Long";
      case DOUBLE -> "Double";
      case BOOLEAN -> "Boolean";
    };
  }

  private static String keyMethod(AttributeType type) {
    return switch (type) {
      case STRING -> "stringKey";
      case INT -> "longKey";
      case DOUBLE -> "doubleKey";
      case BOOLEAN -> "booleanKey";
    };
  }
}

package dev.spanwise.telemetry;

import java.util.List;

/** The analyzer's constants: it may not use the library's. */
final class AnalyzerSources {

  static final String INGEST = "dev.spanwise.analyzer.ingest";
  static final String SERVER = "dev.spanwise.analyzer.server";

  private AnalyzerSources() {}

  /** The names of the attributes that ingest reads. */
  static String ingestAttributes(TelemetryContract contract) {
    JavaSource source =
        new JavaSource()
            .header(INGEST)
            .javadoc(
                "The attributes that {@code telemetry.yaml} declares and the analyzer reads from"
                    + " spans.")
            .open("final class DeclaredAttributes");
    for (DeclaredAttribute attribute : contract.attributes()) {
      if (attribute.readers().contains(Reader.ANALYZER_INGEST)) {
        source
            .javadoc(attribute.brief())
            .constant(
                "static final String " + JavaSource.constantName(attribute.name()),
                JavaExpression.text(attribute.name()))
            .line("");
      }
    }
    return source.line("private DeclaredAttributes() {}").close().toString();
  }

  /** The metrics at the server's {@code /metrics}. */
  static String serverMetrics(TelemetryContract contract) {
    JavaSource source =
        new JavaSource()
            .header(SERVER)
            .javadoc(
                "The metrics at {@code /metrics} as {@code telemetry.yaml} declares them, with the"
                    + " names that the exposition library wants: their kind's suffix is its to add.")
            .open("enum ServerMetric");
    List<DeclaredMetric> metrics = metricsOf(contract);
    for (int i = 0; i < metrics.size(); i++) {
      DeclaredMetric metric = metrics.get(i);
      JavaExpression constant =
          JavaExpression.call(
              JavaSource.constantName(metric.name()).substring("SPANWISE_".length()),
              JavaExpression.text(PrometheusNames.base(metric)),
              JavaExpression.text(metric.brief()));
      source.line(constant.render(2, 1) + (i == metrics.size() - 1 ? ";" : ","));
    }
    return source
        .line("")
        .line("private final String prometheusName;")
        .line("private final String help;")
        .line("")
        .open("ServerMetric(String prometheusName, String help)")
        .line("this.prometheusName = prometheusName;")
        .line("this.help = help;")
        .close()
        .line("")
        .open("String prometheusName()")
        .line("return prometheusName;")
        .close()
        .line("")
        .open("String help()")
        .line("return help;")
        .close()
        .close()
        .toString();
  }

  /** The labels of these metrics and their closed sets of values. */
  static String serverLabels(TelemetryContract contract) {
    JavaSource source =
        new JavaSource()
            .header(SERVER)
            .javadoc(
                "The labels of the metrics at {@code /metrics} as {@code telemetry.yaml} declares"
                    + " them, and the values of those that have a closed set.")
            .open("final class ServerLabel");
    List<DeclaredMetric> metrics = metricsOf(contract);
    for (DeclaredAttribute attribute : contract.attributes()) {
      if (metrics.stream().noneMatch(metric -> metric.labels().contains(attribute.name()))) {
        continue;
      }
      String name = JavaSource.constantName(attribute.label());
      source
          .javadoc(attribute.brief())
          .constant("static final String " + name, JavaExpression.text(attribute.label()))
          .line("");
      for (AllowedValue value : attribute.values()) {
        source
            .javadoc(value.brief())
            .constant(
                "static final String " + name + "_" + JavaSource.constantName(value.value()),
                JavaExpression.text(value.value()))
            .line("");
      }
    }
    return source.line("private ServerLabel() {}").close().toString();
  }

  private static List<DeclaredMetric> metricsOf(TelemetryContract contract) {
    return contract.metrics().stream()
        .filter(metric -> metric.emitters().contains(Emitter.ANALYZER_SERVER))
        .toList();
  }
}

package dev.spanwise.telemetry;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The files of this repository that are written from the contract. */
public final class GeneratedFiles {

  private GeneratedFiles() {}

  /** Their paths below the repository's root. */
  public static Set<Path> paths(TelemetryContract contract) {
    return of(contract).keySet().stream().map(Path::of).collect(Collectors.toSet());
  }

  /** Their contents by their paths below the repository's root. */
  static Map<String, String> of(TelemetryContract contract) {
    Map<String, String> files = new LinkedHashMap<>();
    String library = source("instrumentation/library", LibrarySources.PACKAGE);
    files.put(library + "SpanwiseAttributes.java", LibrarySources.attributes(contract));
    files.put(library + "SpanwiseValues.java", LibrarySources.values(contract));
    files.put(library + "SpanwiseMetrics.java", LibrarySources.metrics(contract));
    String ingest = source("slow-query-analyzer/ingest", AnalyzerSources.INGEST);
    files.put(ingest + "DeclaredAttributes.java", AnalyzerSources.ingestAttributes(contract));
    String server = source("slow-query-analyzer/server", AnalyzerSources.SERVER);
    files.put(server + "ServerMetric.java", AnalyzerSources.serverMetrics(contract));
    files.put(server + "ServerLabel.java", AnalyzerSources.serverLabels(contract));
    files.put("docs/telemetry.md", TelemetryPage.of(contract));
    return files;
  }

  private static String source(String module, String packageName) {
    return module + "/src/main/java/" + packageName.replace('.', '/') + "/";
  }
}

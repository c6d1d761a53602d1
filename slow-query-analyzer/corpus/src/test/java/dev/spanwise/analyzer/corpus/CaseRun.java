package dev.spanwise.analyzer.corpus;

import dev.spanwise.analyzer.corpus.CaseResult.Found;
import dev.spanwise.analyzer.corpus.CorpusCase.Cache;
import dev.spanwise.analyzer.report.Report;
import dev.spanwise.analyzer.report.ReportFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Runs a case on a server, from the copy of its schema to the report. */
final class CaseRun {

  private static final Path ARTIFACTS = Path.of("target", "corpus");

  private final CorpusServer server;
  private final SchemaTemplates templates;

  CaseRun(CorpusServer server, SchemaTemplates templates) {
    this.server = server;
    this.templates = templates;
  }

  /** Runs a case; keeps its log and its report under {@code target/corpus}. */
  CaseResult run(CorpusCase theCase) {
    String database = "corpus_case";
    try {
      prepare(theCase, database);
      Report report = reported(theCase, database);
      return new CaseResult(theCase, server.version(), findings(report), messages(report), null);
    } catch (SQLException | IOException | RuntimeException | AssertionError e) {
      return CaseResult.failed(theCase, server.version(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CaseResult.failed(theCase, server.version(), e);
    }
  }

  private void prepare(CorpusCase theCase, String database) throws SQLException {
    server.drop(database);
    server.copy(templates.of(theCase.schema()), database);
    List<String> setUp = new ArrayList<>();
    // A copy starts with no activity: no table of it was ever analysed, says the server.
    setUp.add("ANALYZE");
    for (String statement : theCase.setUp()) {
      setUp.add(statement);
      // A session counts what it changed a second later, after an ANALYZE that saw the change.
      setUp.add("SELECT pg_stat_force_next_flush()");
    }
    server.run(database, setUp);
    if (theCase.cache() == Cache.COLD) {
      String prepared = database + "_warm";
      server.drop(prepared);
      server.run("postgres", List.of("ALTER DATABASE " + database + " RENAME TO " + prepared));
      server.copy(prepared, database);
      server.drop(prepared);
      ColdCache.evict(server, database);
    }
  }

  private Report reported(CorpusCase theCase, String database)
      throws SQLException, IOException, InterruptedException {
    TrafficRun traffic = new TrafficRun(theCase, server, database);
    if (theCase.cache() == Cache.WARM) {
      traffic.warm();
    }
    Path artifacts = ARTIFACTS.resolve(String.valueOf(server.majorVersion())).resolve(theCase.id());
    Files.createDirectories(artifacts);
    try (RecordedSpans spans = new RecordedSpans(theCase.schema())) {
      long start = server.logEnd();
      traffic.record(spans.tracer());
      Path log = artifacts.resolve("postgresql.log");
      Files.write(log, server.logSince(start));
      try (Connection connection = server.connect(database)) {
        Report report =
            CaseAnalysis.report(theCase, spans.exported(), log, connection, spans.rejections());
        Files.writeString(artifacts.resolve("report.json"), ReportFormat.JSON.render(report));
        return report;
      }
    }
  }

  private static List<Found> findings(Report report) {
    Map<String, Report.Advice> advice =
        report.advice().stream().collect(Collectors.toMap(Report.Advice::id, Function.identity()));
    return report.findings().stream()
        .map(
            finding ->
                new Found(
                    finding.rule(),
                    finding.severity(),
                    finding.advice().stream()
                        .map(id -> Objects.requireNonNull(advice.get(id)))
                        .map(each -> each.kind() + " " + each.statement())
                        .toList()))
        .toList();
  }

  private static List<String> messages(Report report) {
    return report.queries().stream()
        .map(Report.Query::message)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }
}

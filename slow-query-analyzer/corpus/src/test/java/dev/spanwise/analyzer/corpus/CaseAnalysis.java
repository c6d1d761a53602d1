package dev.spanwise.analyzer.corpus;

import dev.spanwise.analyzer.analysis.Analysis;
import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Counters;
import dev.spanwise.analyzer.input.Rejections;
import dev.spanwise.analyzer.link.PlanLinker;
import dev.spanwise.analyzer.postgresql.catalogue.CatalogueReader;
import dev.spanwise.analyzer.postgresql.log.ServerLogOptions;
import dev.spanwise.analyzer.postgresql.log.ServerLogReader;
import dev.spanwise.analyzer.postgresql.whatif.ExecutedWhatIf;
import dev.spanwise.analyzer.report.Report;
import dev.spanwise.analyzer.report.ReportAssembler;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.workload.Workload;
import dev.spanwise.analyzer.workload.WorkloadBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Wires the analyzer as its command {@code analyze --what-if executed} does. */
final class CaseAnalysis {

  private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

  private CaseAnalysis() {}

  static Report report(
      CorpusCase theCase, List<Span> spans, Path log, Connection database, Rejections rejections)
      throws IOException, SQLException {
    WorkloadBuilder builder = new WorkloadBuilder(theCase.slowerThan());
    spans.forEach(builder::add);
    builder.groupAllTraces();
    Workload workload = builder.build();
    PlanLinker linker = new PlanLinker(workload);
    try (InputStream in = Files.newInputStream(log)) {
      ServerLogReader.read(
          in, log.toString(), ServerLogOptions.DEFAULTS, linker::offer, rejections);
    }
    try (ExecutedWhatIf planner = new ExecutedWhatIf(database, STATEMENT_TIMEOUT, LOCK_TIMEOUT)) {
      return Analysis.of(
              workload,
              linker.links(),
              new Analysis.Database(catalogue(theCase, database), planner),
              rejections,
              new ReportAssembler(Clock.systemUTC().instant(), "corpus"))
          .report();
    }
  }

  /** No run can wait for weeks: when the counters began is the one thing that a case makes up. */
  private static Catalogue catalogue(CorpusCase theCase, Connection database) throws SQLException {
    Catalogue read = CatalogueReader.read(database);
    Counters counters = read.counters();
    if (theCase.countedFor() == null || counters == null) {
      return read;
    }
    return new Catalogue(
        read.serverVersion(),
        read.relations(),
        new Counters(
            counters.readAt(),
            counters.readAt().minus(theCase.countedFor()),
            counters.standby(),
            counters.standbys()),
        read.statements(),
        read.weaknesses());
  }
}

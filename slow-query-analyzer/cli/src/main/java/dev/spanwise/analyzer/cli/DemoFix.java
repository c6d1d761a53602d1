package dev.spanwise.analyzer.cli;

import dev.spanwise.analyzer.advice.Advice;
import dev.spanwise.analyzer.advice.Proof;
import dev.spanwise.analyzer.analysis.Analysis;
import dev.spanwise.analyzer.report.Report;
import dev.spanwise.analyzer.rule.Remedy;
import dev.spanwise.demo.api.Read;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was done about the demo's findings.
 *
 * @param changes DDL, or a change of the application as a comment
 * @param batchedPortfolio whether the portfolio is to be read in one statement from now on
 */
record DemoFix(List<String> changes, boolean batchedPortfolio) {

  DemoFix {
    changes = List.copyOf(changes);
  }

  /**
   * Builds the indexes that were proved, and says whether the portfolio's repeated read is to be
   * batched.
   */
  static DemoFix apply(Analysis analysis, Connection connection) throws SQLException {
    List<String> changes = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      for (Advice advice : analysis.advice()) {
        if (advice.kind() == Remedy.Kind.CREATE_INDEX && advice.proof() instanceof Proof.Planned) {
          statement.execute(advice.statement());
          changes.add(advice.statement() + ";");
        }
      }
    }
    boolean batch = isToBeBatched(analysis, Read.PORTFOLIO_SUMMARY);
    if (batch) {
      changes.add("-- " + Read.PORTFOLIO_SUMMARY.readName() + ": one statement for all items");
    }
    return new DemoFix(changes, batch);
  }

  private static boolean isToBeBatched(Analysis analysis, Read read) {
    Set<String> batched =
        analysis.advice().stream()
            .filter(advice -> advice.kind() == Remedy.Kind.BATCH_QUERIES)
            .flatMap(advice -> advice.findings().stream())
            .collect(Collectors.toSet());
    return analysis.report().findings().stream()
        .filter(finding -> batched.contains(finding.id()))
        .map(Report.Finding::operation)
        .anyMatch(read.readName()::equals);
  }
}

package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.PlanNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The planner took columns of a table for independent that depend on each other, and chose badly.
 */
final class ColumnsAreCorrelated implements PlanRule {

  /** The most columns of one statistics object, and the longest name, in bytes. */
  private static final int COLUMNS = 8;

  private static final int NAME = 63;

  @Override
  public Verdict examine(PlanSubject subject) {
    if (!subject.plan().analyzed()) {
      boolean compares =
          subject
              .plan()
              .nodes()
              .anyMatch(node -> MisestimateReason.comparedColumns(node, subject).size() > 1);
      return compares ? new Verdict.Inconclusive(Misestimate.NOT_EXECUTED) : new Verdict.Clear();
    }
    List<Cause> causes = new ArrayList<>();
    for (Misestimate misestimate : subject.misestimates().found()) {
      if (MisestimateReason.of(misestimate, subject)
          instanceof MisestimateReason.CorrelatedColumns correlated) {
        causes.add(cause(subject, misestimate, correlated));
      }
    }
    return Verdict.of(causes);
  }

  private Cause cause(
      PlanSubject subject,
      Misestimate misestimate,
      MisestimateReason.CorrelatedColumns correlated) {
    PlanNode scan = correlated.scan();
    RelationName name = PlanSubject.relationName(scan);
    List<String> columns = correlated.columns().stream().limit(COLUMNS).toList();
    String listed = columns.stream().map(RelationName::quoted).collect(Collectors.joining(", "));
    String why =
        correlated.groups()
            ? "It estimates how many groups %s make from the values of each column alone."
            : "It multiplies the shares of the rows that %s have each, as if these columns had nothing to do with each other.";
    return misestimate.cause(
        id(),
        scan,
        "The columns %s of %s go together, which the planner does not know".formatted(listed, name),
        why.formatted(listed) + (subject.catalogue() == null ? Misestimate.UNKNOWN_AGE : ""),
        List.of(new Evidence("columns", listed, "1", misestimate.source().pointer())),
        new Remedy.Step(
            Remedy.Kind.CREATE_STATISTICS,
            statement(scan, columns, listed, correlated.groups()),
            "what extended statistics say is known only after ANALYZE"));
  }

  private static String statement(
      PlanNode scan, List<String> columns, String listed, boolean groups) {
    RelationName name = PlanSubject.relationName(scan);
    String plain = scan.target().relation() + "_" + String.join("_", columns);
    String statistics =
        new RelationName(scan.target().schema(), shortened(plain, "_stat")).toString();
    return "CREATE STATISTICS %s (%s) ON %s FROM %s; ANALYZE %s"
        .formatted(statistics, groups ? "ndistinct" : "dependencies, mcv", listed, name, name);
  }

  /** A name that PostgreSQL does not cut off. */
  private static String shortened(String name, String ending) {
    String fits = name;
    while (bytes(fits + ending) > NAME) {
      fits = fits.substring(0, fits.offsetByCodePoints(fits.length(), -1));
    }
    return fits + ending;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}

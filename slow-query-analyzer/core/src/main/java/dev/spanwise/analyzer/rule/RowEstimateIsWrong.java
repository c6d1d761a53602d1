package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The planner was wrong about the rows of a step, and chose badly for that. */
final class RowEstimateIsWrong implements PlanRule {

  /** Nodes that are a bad choice where the planner was wrong. */
  private static final NodeType[] CHOICES = {NodeType.NESTED_LOOP, NodeType.HASH};

  @Override
  public Verdict examine(PlanSubject subject) {
    if (!subject.plan().analyzed()) {
      return subject.nodes(CHOICES).findAny().isPresent()
          ? new Verdict.Inconclusive(Misestimate.NOT_EXECUTED)
          : new Verdict.Clear();
    }
    Misestimates misestimates = subject.misestimates();
    List<Cause> causes = new ArrayList<>();
    for (Misestimate misestimate : misestimates.found()) {
      if (MisestimateReason.of(misestimate, subject) instanceof MisestimateReason.Unknown) {
        causes.add(cause(subject, misestimate));
      }
    }
    if (causes.isEmpty() && !misestimates.unknownSizes().isEmpty()) {
      return new Verdict.Inconclusive(
          "whether a hash join would be quicker than a nested loop that ran far more often than planned: the size of %s is not known, as --database would tell"
              .formatted(String.join(", ", misestimates.unknownSizes())));
    }
    return Verdict.of(causes);
  }

  private Cause cause(PlanSubject subject, Misestimate misestimate) {
    PlanNode source = misestimate.source();
    RelationName relation = PlanSubject.relationName(source);
    double factor =
        Math.max(misestimate.expected(), misestimate.seen())
            / Math.max(1, Math.min(misestimate.expected(), misestimate.seen()));
    return misestimate.cause(
        id(),
        relation == null ? null : source,
        "The planner was wrong by %s times about the rows %s"
            .formatted(
                Wording.count(factor),
                relation == null ? "of a step (" + source.typeName() + ")" : "of " + relation),
        relation == null
            ? "The error begins where tables are joined or rows computed, of which no statistics exist."
            : "The error begins at this table%s"
                .formatted(
                    subject.catalogue() == null
                        ? "." + Misestimate.UNKNOWN_AGE
                        : ", whose statistics are fresh."),
        List.of(),
        remedy(subject, relation));
  }

  private static Remedy remedy(PlanSubject subject, @Nullable RelationName relation) {
    if (relation == null) {
      return new Remedy.Step(
          Remedy.Kind.REWRITE_QUERY,
          "Let the planner see the rows of that step: write them to a temporary table, run ANALYZE on it and join with it; or compare plain columns with constants on both tables instead of leaving one to the join",
          "no statistics exist of the rows of a step");
    }
    return subject.catalogue() == null
        ? new Remedy.Step(
            Remedy.Kind.ANALYZE,
            "ANALYZE " + relation,
            "fresh statistics are known only after ANALYZE")
        : new Remedy.Step(
            Remedy.Kind.INVESTIGATE,
            "Give the planner more to know of %s: raise the statistics of the columns that the condition compares (ALTER TABLE … ALTER COLUMN … SET STATISTICS 1000), or create statistics on the expression that it compares (CREATE STATISTICS … ON (expression) FROM …), then ANALYZE %s"
                .formatted(relation, relation),
            "what statistics say is known only after ANALYZE");
  }
}

package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.plan.StatementPlanner.Answer;
import dev.spanwise.analyzer.workload.Query;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say of the plan that a server would use now for a statement. Nothing was executed,
 * so that it shows no time: findings are low, and most rules cannot judge.
 *
 * @param said why it does not name a cause, in words
 */
record LivePlanDiagnosis(List<Finding> findings, String said) {

  LivePlanDiagnosis {
    findings = List.copyOf(findings);
  }

  static LivePlanDiagnosis of(Query query, Answer answer, @Nullable Catalogue catalogue) {
    if (answer instanceof Answer.Refused refused) {
      return new LivePlanDiagnosis(List.of(), "EXPLAIN gives no plan: " + refused.reason());
    }
    Answer.Planned planned = (Answer.Planned) answer;
    PlanDiagnosis diagnosis = PlanDiagnosis.of(planned.plan(), catalogue);
    String unjudged = String.join("; ", new TreeSet<>(diagnosis.inconclusive().values()));
    return new LivePlanDiagnosis(
        diagnosis.causes().stream().map(cause -> finding(query, planned, cause)).toList(),
        unjudged.isEmpty()
            ? "the plan that EXPLAIN gives shows no cause"
            : "the plan that EXPLAIN gives does not tell: " + unjudged);
  }

  private static Finding finding(Query query, Answer.Planned planned, Cause cause) {
    return new Finding(
        StableId.of(cause.rule(), cause.relation(), cause.columns(), query.key()),
        cause.rule(),
        Severity.LOW,
        query,
        cause.relation(),
        cause.title(),
        cause.explanation()
            + " So the server plans it now: no execution was recorded, and what it costs is not known.",
        null,
        cause.evidence(),
        List.of(),
        planned.plan(),
        cause.node(),
        cause.remedy());
  }
}

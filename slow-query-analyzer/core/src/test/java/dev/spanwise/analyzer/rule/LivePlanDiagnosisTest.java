package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.link.Links;
import dev.spanwise.analyzer.plan.StatementPlanner.Answer;
import dev.spanwise.analyzer.plan.StatementPlanner.Refusal;
import dev.spanwise.analyzer.trace.Spans;
import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.Workload;
import dev.spanwise.analyzer.workload.WorkloadBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LivePlanDiagnosisTest {

  private static final Workload WORKLOAD = workload();
  private static final Query QUERY = WORKLOAD.queries().get(0);

  @Test
  void aPlanThatWasNotExecutedTellsWhatIsMissing() {
    Diagnosis diagnosis =
        diagnosis(
            new Answer.Planned(RulePlans.recorded("SeqScanDiscardsMostRows", "inconclusive")));
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.refusals()).isEmpty();
    assertThat(diagnosis.unjudged().get(QUERY))
        .startsWith("no executed plan is linked to any slow call: no server log was read; ")
        .contains("the plan that EXPLAIN gives does not tell: ")
        .contains("the plan was not executed (EXPLAIN without ANALYZE)");
  }

  @Test
  void aRefusalIsTheStatementsStatus() {
    Diagnosis diagnosis =
        diagnosis(new Answer.Refused(Refusal.UNPARSEABLE, "the server cannot parse it"));
    assertThat(diagnosis.refusals()).containsEntry(QUERY, Refusal.UNPARSEABLE);
    assertThat(diagnosis.unjudged().get(QUERY))
        .endsWith("; EXPLAIN gives no plan: the server cannot parse it");
  }

  @Test
  void whatSuchAPlanShowsIsLow() {
    Diagnosis diagnosis =
        diagnosis(new Answer.Planned(RulePlans.recorded("SeqScanDiscardsMostRows", "fires")));
    assertThat(diagnosis.unjudged()).isEmpty();
    assertThat(diagnosis.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.LOW);
              assertThat(finding.savedMs()).isNull();
              assertThat(finding.explanation()).endsWith("what it costs is not known.");
            });
  }

  private static Diagnosis diagnosis(Answer answer) {
    return Diagnosis.of(
        WORKLOAD, Links.withoutLog(WORKLOAD), null, Map.of(QUERY.key().fingerprint(), answer));
  }

  private static Workload workload() {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(100));
    builder.add(
        Spans.call(Spans.trace(1), 1, 0, "SELECT id FROM trades WHERE account_id = 1", 7, 0, 150));
    builder.groupAllTraces();
    return builder.build();
  }
}

package dev.spanwise.analyzer.advice;

import static dev.spanwise.analyzer.advice.Fixtures.catalogue;
import static dev.spanwise.analyzer.advice.Fixtures.index;
import static dev.spanwise.analyzer.advice.Fixtures.recorded;
import static dev.spanwise.analyzer.advice.Fixtures.trades;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.rule.Diagnosis;
import dev.spanwise.analyzer.rule.Finding;
import dev.spanwise.analyzer.rule.Remedy;
import dev.spanwise.analyzer.rule.Severity;
import dev.spanwise.analyzer.trace.DatabaseSystem;
import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.QueryKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdvisorTest {

  private static final Catalogue CATALOGUE = catalogue(trades());

  @Test
  void theCheapestCandidateWins() {
    Advice advice =
        topN(
            new ScriptedPlanner()
                .with("status,executed_at", 500)
                .with("executed_at", 10)
                .with("status", 900));

    assertThat(advice.kind()).isEqualTo(Remedy.Kind.CREATE_INDEX);
    assertThat(advice.statement())
        .isEqualTo("CREATE INDEX CONCURRENTLY ON public.trades (executed_at)");
    assertThat(advice.indexBytes()).isEqualTo(4_096);
    assertThat(advice.proof())
        .isInstanceOfSatisfying(
            Proof.Planned.class,
            planned -> {
              assertThat(planned.by()).isEqualTo(WhatIfPlanner.Method.EXECUTED);
              assertThat(planned.before().totalCost()).isEqualTo(1_000);
              assertThat(planned.after().totalCost()).isEqualTo(10);
            });
  }

  @Test
  void betweenNearlyEqualCandidatesTheMorePromisingWins() {
    Advice advice =
        topN(
            new ScriptedPlanner()
                .with("status,executed_at", 10)
                .with("executed_at", 9.5)
                .with("status", 900));

    assertThat(advice.statement()).endsWith("(status, executed_at)");
  }

  @Test
  void whatSparesLittleIsNotAdvised() {
    ScriptedPlanner planner =
        new ScriptedPlanner()
            .with("status,executed_at", 900)
            .with("executed_at", 1_000)
            .with("status", 1_000);

    Advice ofAnotherPlan = topN(planner);
    Advice advice = topN(planner.asExecuted(finding("TopNSortReadsManyRows/fires", 1)));

    assertThat(ofAnotherPlan.kind()).isEqualTo(Remedy.Kind.CREATE_INDEX);
    assertThat(reason(ofAnotherPlan)).contains("planned otherwise than it was executed");
    assertThat(advice.kind()).isEqualTo(Remedy.Kind.INVESTIGATE);
    assertThat(advice.statement()).contains("would not gain", "(executed_at)");
    assertThat(advice.proof()).isInstanceOf(Proof.Refuted.class);
  }

  @Test
  void whatNoIndexCuresIsNoGraveFinding() {
    Finding finding = finding("SeqScanDiscardsMostRows/fires", 1);
    assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);

    Finding refuted =
        weighed(finding, new ScriptedPlanner().with("account_id", 900).asExecuted(finding));
    Finding proved = weighed(finding, new ScriptedPlanner().with("account_id", 10));
    Finding unproved = weighed(finding, new ScriptedPlanner());

    assertThat(refuted.severity()).isEqualTo(Severity.LOW);
    assertThat(refuted.savedMs()).isNull();
    assertThat(List.of(proved, unproved)).containsOnly(finding);
  }

  private static Finding weighed(Finding finding, ScriptedPlanner planner) {
    Advisor advisor = new Advisor(CATALOGUE, planner, List.of(), Advisor.HOW_TO_PROVE);
    List<Finding> findings = List.of(finding);
    return advisor.advised(findings).findings().get(0);
  }

  @Test
  void oneCandidateThatCannotBePlannedDoesNotHideTheOthers() {
    assertThat(topN(new ScriptedPlanner().with("executed_at", 10)).statement())
        .endsWith("(executed_at)");
  }

  @Test
  void aPlannerThatFailsLeavesTheMostPromisingUnproved() {
    Advice advice = topN(new ScriptedPlanner());

    assertThat(advice.statement()).endsWith("(status, executed_at)");
    assertThat(reason(advice)).contains("could not be planned: no lock could be had");
  }

  @Test
  void withoutAPlannerTheAdviceSaysSo() {
    Finding finding = finding("SeqScanDiscardsMostRows/fires", 1);

    Advice known = only(new Advisor(CATALOGUE, null, List.of(), Advisor.HOW_TO_PROVE), finding);
    Advice unknown = only(new Advisor(null, null, List.of(), Advisor.HOW_TO_PROVE), finding);

    assertThat(reason(known)).contains("no what-if planner").doesNotContain("catalogue");
    assertThat(reason(unknown)).contains("no what-if planner", "the catalogue is not known");
  }

  @Test
  void anExplainedPlanWithoutItsStatementSaysHowToNameIt() {
    Finding explained =
        Diagnosis.of(recorded("SeqScanDiscardsMostRows/fires"), null).findings().get(0);
    Advisor proving = new Advisor(CATALOGUE, new ScriptedPlanner(), List.of(), "unused");
    Advisor advising = new Advisor(CATALOGUE, null, List.of(), "ask another command");

    assertThat(reason(only(proving, explained)))
        .isEqualTo(
            "EXPLAIN's output does not hold its statement: name a file with it by --sql FILE");
    assertThat(reason(only(advising, explained)))
        .isEqualTo(
            "no what-if planner was asked: ask another command, and a file with the statement with --sql FILE");
  }

  @Test
  void anIndexThatExistsIsNotAdvisedAgain() {
    Catalogue served = catalogue(trades(index("by_account", "account_id")));

    Advice advice =
        only(
            new Advisor(served, new ScriptedPlanner(), List.of(), Advisor.HOW_TO_PROVE),
            finding("SeqScanDiscardsMostRows/fires", 1));

    assertThat(advice.kind()).isEqualTo(Remedy.Kind.INVESTIGATE);
    assertThat(advice.statement()).contains("by_account");
  }

  @Test
  void findingsThatOneStepAnswersShareIt() {
    Finding first = finding("SeqScanDiscardsMostRows/fires", 1);
    Finding second = finding("SeqScanDiscardsMostRows/fires-parallel", 2);

    List<Advice> advice =
        new Advisor(
                CATALOGUE,
                new ScriptedPlanner().with("account_id", 5),
                List.of(),
                Advisor.HOW_TO_PROVE)
            .advise(List.of(first, second));

    assertThat(advice).hasSize(1);
    assertThat(advice.get(0).findings()).containsExactly(first.id(), second.id());
    assertThat(advice.get(0).helps()).containsExactly(1L, 2L);
  }

  @Test
  void otherStatementsOnTheTableAreHelpedOrHarmed() {
    Sample cheaper = new Sample(7, withText("TopNSortReadsManyRows/fires"));
    Sample elsewhere = new Sample(8, withText("StatisticsAreStale/fires"));

    Advice advice =
        only(
            new Advisor(
                CATALOGUE,
                new ScriptedPlanner().with("account_id", 5),
                List.of(cheaper, elsewhere),
                Advisor.HOW_TO_PROVE),
            finding("SeqScanDiscardsMostRows/fires", 1));

    assertThat(advice.helps()).containsExactly(1L, 7L);
    assertThat(advice.harms()).isEmpty();
  }

  private static Advice topN(ScriptedPlanner planner) {
    return only(
        new Advisor(CATALOGUE, planner, List.of(), Advisor.HOW_TO_PROVE),
        finding("TopNSortReadsManyRows/fires", 1));
  }

  private static Advice only(Advisor advisor, Finding finding) {
    List<Advice> advice = advisor.advise(List.of(finding));
    assertThat(advice).hasSize(1);
    return advice.get(0);
  }

  private static String reason(Advice advice) {
    return advice.proof() instanceof Proof.None none ? none.reason() : "";
  }

  /** The finding that a recorded plan gives, for the statement of that fingerprint. */
  private static Finding finding(String fixture, long fingerprint) {
    Plan plan = withText(fixture);
    Finding found = Diagnosis.of(plan, null).findings().get(0);
    return new Finding(
        found.id() + fingerprint,
        found.rule(),
        found.severity(),
        query(fingerprint),
        found.relation(),
        found.title(),
        found.explanation(),
        null,
        found.evidence(),
        List.of(),
        plan,
        found.node(),
        found.remedy());
  }

  private static Query query(long fingerprint) {
    return new Query(
        new QueryKey(fingerprint, "api", null, null),
        DatabaseSystem.POSTGRESQL,
        "SELECT ?",
        1,
        0,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        List.of(),
        null,
        null,
        List.of(),
        null);
  }

  /** The recorded plan, with a text as auto_explain gives it. */
  private static Plan withText(String fixture) {
    Plan plan = recorded(fixture);
    @Nullable List<@Nullable String> none = List.of();
    return new Plan(
        plan.root(),
        "SELECT 1",
        none,
        plan.queryId(),
        plan.planningMs(),
        plan.executionMs(),
        plan.jitMs(),
        plan.settings(),
        plan.triggers(),
        plan.details());
  }
}

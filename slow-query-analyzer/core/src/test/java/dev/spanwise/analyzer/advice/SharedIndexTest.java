package dev.spanwise.analyzer.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.plan.PlanFormatException;
import dev.spanwise.analyzer.plan.PlanReader;
import dev.spanwise.analyzer.rule.Diagnosis;
import dev.spanwise.analyzer.rule.Evidence;
import dev.spanwise.analyzer.rule.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedIndexTest {

  @Test
  void anIndexThatBeginsWithAnothersKeysStandsForItInOneFinding() throws PlanFormatException {
    List<Finding> findings = findings("(t.account = a.id) AND (t.at > $1)", "u.account = a.id");
    List<Advice> advice = advice(findings);
    assertThat(advice)
        .extracting(Advice::statement)
        .containsExactlyInAnyOrder(
            "CREATE INDEX CONCURRENTLY ON public.trades (account, at)",
            "CREATE INDEX CONCURRENTLY ON public.trades (account)");

    Advised shared = SharedIndex.of(findings, advice);

    assertThat(shared.advice())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.statement()).endsWith("(account, at)");
              assertThat(one.findings()).containsExactly(shared.findings().get(0).id());
            });
    assertThat(shared.findings())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.title()).isEqualTo(findings.get(0).title());
              assertThat(one.explanation()).contains("20 times", "and kept 600", "and kept 40");
              assertThat(one.evidence())
                  .extracting(Evidence::source)
                  .anyMatch(source -> source.startsWith("/Plan/Plans/0"))
                  .anyMatch(source -> source.startsWith("/Plan/Plans/1"));
            });
  }

  @Test
  void indexesThatDoNotServeEachOtherStayTwoFindings() throws PlanFormatException {
    List<Finding> findings = findings("t.reference = a.id", "u.account = a.id");
    List<Advice> advice = advice(findings);

    Advised shared = SharedIndex.of(findings, advice);

    assertThat(shared.findings()).hasSize(2).isEqualTo(findings);
    assertThat(shared.advice()).hasSize(2).isEqualTo(advice);
  }

  @Test
  void findingsOnDifferentPlansStayApart() throws PlanFormatException {
    Finding one = findings("t.account = a.id", "u.id > 0").get(0);
    Finding other = findings("(t.account = a.id) AND (t.at > $1)", "u.id > 0").get(0);

    assertThat(SharedIndex.of(List.of(one, other), advice(List.of(one, other))).findings())
        .containsExactly(one, other);
  }

  private static List<Advice> advice(List<Finding> findings) {
    return new Advisor(null, null, List.of(), Advisor.HOW_TO_PROVE).advise(findings);
  }

  private static List<Finding> findings(String first, String second) throws PlanFormatException {
    return Diagnosis.of(
            PlanReader.read(
                """
                Seq Scan on public.accounts a  (cost=0.00..590020.00 rows=20 width=44) (actual time=174.000..3470.000 rows=20 loops=1)
                  SubPlan 1
                    ->  Aggregate  (cost=14000.00..14000.01 rows=1 width=32) (actual time=92.000..92.000 rows=1 loops=20)
                          ->  Seq Scan on public.trades t  (cost=0.00..14000.00 rows=3 width=8) (actual time=20.000..91.000 rows=2 loops=20)
                                Filter: (%s)
                                Rows Removed by Filter: 599998
                  SubPlan 2
                    ->  Aggregate  (cost=12500.00..12500.01 rows=1 width=8) (actual time=81.000..81.000 rows=1 loops=20)
                          ->  Seq Scan on public.trades u  (cost=0.00..12500.00 rows=30 width=8) (actual time=20.000..80.000 rows=30 loops=20)
                                Filter: (%s)
                                Rows Removed by Filter: 599970
                Execution Time: 3471.000 ms
                """
                    .formatted(first, second)),
            null)
        .findings();
  }
}

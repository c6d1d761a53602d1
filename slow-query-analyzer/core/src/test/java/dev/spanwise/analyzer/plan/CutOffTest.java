package dev.spanwise.analyzer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class CutOffTest {

  private static final List<String> PLAN =
      """
      Limit  (cost=1.00..9.00 rows=1 width=4) (actual time=0.010..9.000 rows=1 loops=1)
        ->  Hash Join  (cost=1.00..9.00 rows=1 width=4) (actual time=0.010..9.000 rows=1 loops=1)
              Hash Cond: (o.customer = c.id)
              ->  Seq Scan on orders o  (cost=0.00..4.00 rows=1 width=4) (actual time=0.010..4.000 rows=9 loops=1)
                    Filter: ((note <> ')'::text) AND (total > '5'::numeric))
                    Rows Removed by Filter: 7
              ->  Hash  (cost=0.00..4.00 rows=1 width=4) (actual time=0.010..4.000 rows=1 loops=1)
                    ->  Seq Scan on customers c  (cost=0.00..4.00 rows=1 width=4) (actual time=0.010..4.000 rows=1 loops=1)
                          Filter: (SubPlan 1)
                          SubPlan 1
                            ->  Result  (cost=0.00..0.01 rows=1 width=4) (actual time=0.001..0.001 rows=1 loops=9)
      Execution Time: 9.100 ms
      """
          .lines()
          .toList();

  @Test
  void readsTheWholePlan() throws PlanFormatException {
    assertThat(PlanReader.read(String.join("\n", PLAN)).root().nodes()).hasSize(6);
  }

  @Test
  void aPlanThatLacksAnInputIsCutOffAtItsLastLine() {
    for (int lines = 1; lines < 8; lines++) {
      PlanFormatException refused = refused(String.join("\n", PLAN.subList(0, lines)));
      assertThat(refused).hasMessageContaining("the plan is cut off here: expected another input");
      assertThat(refused.place()).isEqualTo("line " + lines);
    }
    assertThat(refused(String.join("\n", PLAN.subList(0, 4))))
        .hasMessageContaining("\"Hash Join\"");
    assertThat(refused(String.join("\n", PLAN.subList(0, 7)))).hasMessageContaining("\"Hash\"");
  }

  @Test
  void aLineThatBreaksOffInABracketIsCutOff() {
    String filter = PLAN.get(4);
    String scan = "Seq Scan on orders o  (cost=0.00..4.00 rows=1 width=4)\n";
    for (int end = filter.indexOf("note"); end < filter.length(); end++) {
      boolean inLiteral = filter.substring(0, end).chars().filter(c -> c == '\'').count() % 2 == 1;
      if (!inLiteral) {
        assertThat(refused(scan + filter.substring(0, end)))
            .as(filter.substring(0, end))
            .hasMessageContaining("a bracket of the line stays open");
      }
    }
  }

  @Test
  void aNodesLineThatBreaksOffInItsNumbersIsCutOff() {
    String scan = "Seq Scan on orders o  (cost=0.00..4.00 rows=1 width=4)";
    for (int end = scan.indexOf("(") + 1; end < scan.length(); end++) {
      assertThat(refused(scan.substring(0, end)))
          .as(scan.substring(0, end))
          .hasMessageContaining("cut off");
    }
  }

  private static PlanFormatException refused(String output) {
    return catchThrowableOfType(PlanFormatException.class, () -> PlanReader.readAll(output));
  }
}

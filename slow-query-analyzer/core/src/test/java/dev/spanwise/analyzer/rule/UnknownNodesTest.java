package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes of extensions and forks: silence about them would read as that nothing is wrong. */
class UnknownNodesTest {

  @ParameterizedTest
  @CsvSource({"899.2, true", "40.0, false"})
  void whatTakesTheTimeAndIsKnownToNoRuleIsNamed(double scanMs, boolean named) {
    PlanDiagnosis diagnosis =
        PlanDiagnosis.of(
            RulePlans.read(
                """
                [{"Plan": {"Node Type": "Aggregate", "Startup Cost": 250.00, "Total Cost": 250.02, "Plan Rows": 1, "Plan Width": 8,
                  "Actual Startup Time": 900.1, "Actual Total Time": 900.2, "Actual Rows": 1, "Actual Loops": 1,
                  "Plans": [{"Node Type": "Custom Scan", "Parent Relationship": "Outer", "Custom Plan Provider": "Citus Adaptive",
                    "Startup Cost": 0.00, "Total Cost": 0.00, "Plan Rows": 100000, "Plan Width": 8,
                    "Actual Startup Time": %1$s, "Actual Total Time": %1$s, "Actual Rows": 32, "Actual Loops": 1,
                    "Distributed Query": {"Job": {"Task Count": 32, "Tasks": [{"Node": "host=worker-1",
                      "Remote Plan": [[{"Plan": {"Node Type": "Seq Scan", "Relation Name": "orders_102011"}}]]}]}}}]},
                  "Execution Time": 901.0}]
                """
                    .formatted(scanMs)),
            null);

    assertThat(diagnosis.causes()).isEmpty();
    if (named) {
      assertThat(diagnosis.inconclusive().get("Spanwise"))
          .startsWith("what Custom Scan (Citus Adaptive) did")
          .contains("99.80 % of the time");
    } else {
      assertThat(diagnosis.inconclusive()).doesNotContainKey("Spanwise");
    }
  }
}

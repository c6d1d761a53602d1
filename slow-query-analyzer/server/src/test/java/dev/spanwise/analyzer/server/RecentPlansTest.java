package dev.spanwise.analyzer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.plan.ExecutedPlan;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanFormatException;
import dev.spanwise.analyzer.plan.PlanReader;
import org.junit.jupiter.api.Test;

class RecentPlansTest {

  @Test
  void dropsTheOldestOnceItIsFull() throws PlanFormatException {
    Plan plan = PlanReader.read("Seq Scan on quotes  (cost=0.00..1.00 rows=1 width=4)");
    RecentPlans plans = new RecentPlans();
    for (int i = 0; i < RecentPlans.CAPACITY + 3; i++) {
      plans.add(new ExecutedPlan("log", "line " + i, 1, i, 1, 1, null, plan));
    }

    assertThat(plans.all()).hasSize(RecentPlans.CAPACITY);
    assertThat(plans.all().get(0).place()).isEqualTo("line 3");
    assertThat(plans.all().get(RecentPlans.CAPACITY - 1).place())
        .isEqualTo("line " + (RecentPlans.CAPACITY + 2));
  }
}

package dev.spanwise.analyzer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanFormatException;
import dev.spanwise.analyzer.plan.PlanReader;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentPlansTest {

  private static final Duration SLOW = Duration.ofMillis(100);

  private final Plan plan = PlanReader.read("Seq Scan on quotes  (cost=0.00..1.00 rows=1 width=4)");
  private final RecentPlans plans = new RecentPlans(SLOW);

  RecentPlansTest() throws PlanFormatException {}

  @Test
  void aBusyStatementDoesNotPushOutARareOne() {
    add("SELECT 1 FROM rare", 0, SLOW);
    for (int i = 1; i <= 3 * RecentPlans.CAPACITY; i++) {
      add("SELECT 1 FROM busy WHERE id = " + i, i, SLOW);
    }

    assertThat(plans.all()).hasSize(RecentPlans.OF_A_STATEMENT + 1);
    assertThat(plans.all().get(0).logged().place()).isEqualTo("line 0");
    assertThat(plans.all().get(RecentPlans.OF_A_STATEMENT).logged().place())
        .isEqualTo("line " + 3 * RecentPlans.CAPACITY);
  }

  @Test
  void theStatementThatHoldsMostGivesWay() {
    for (int i = 0; i < 10; i++) {
      add("SELECT 1 FROM busy", i, SLOW);
    }
    for (int i = 0; i < RecentPlans.CAPACITY - 8; i++) {
      add("SELECT 1 FROM t" + i, 10 + i, SLOW);
    }

    assertThat(plans.all()).hasSize(RecentPlans.CAPACITY);
    assertThat(plans.all())
        .extracting(kept -> kept.logged().place())
        .doesNotContain("line 0", "line 1")
        .startsWith("line 2", "line 3");
  }

  @Test
  void amongEqualsTheOldestIsDropped() {
    for (int i = 0; i < RecentPlans.CAPACITY + 3; i++) {
      add("SELECT 1 FROM t" + i, i, SLOW);
    }

    assertThat(plans.all()).hasSize(RecentPlans.CAPACITY);
    assertThat(plans.all().get(0).logged().place()).isEqualTo("line 3");
  }

  @Test
  void plansTooShortToExplainASlowSpanArePassedOver() {
    add("SELECT 1 FROM t", 0, Duration.ofNanos(19_999_999));
    add("SELECT 1 FROM t", 1, Duration.ofMillis(20));

    assertThat(plans.all()).extracting(kept -> kept.logged().place()).containsExactly("line 1");
  }

  @Test
  void largePlansAreFewer() throws PlanFormatException {
    for (int i = 0; i < 100; i++) {
      addLarge("SELECT 1 FROM t" + (100 + i), i, 500_000);
    }

    assertThat(plans.all()).hasSize((int) (RecentPlans.CAPACITY_BYTES / 1_000_000) - 1);
    assertThat(plans.all().get(38).logged().place()).isEqualTo("line 99");
    assertThat(plans.statementsLostSince(0)).isEqualTo(61);
    assertThat(plans.statementsLostSince(60)).isEqualTo(1);
    assertThat(plans.statementsLostSince(61)).isZero();
  }

  @Test
  void aStatementWithOneLargePlanGivesWayAfterThoseWithSeveral() throws PlanFormatException {
    addLarge("SELECT 1 FROM large", 0, 10_000_000);
    for (int i = 1; i <= 50; i++) {
      addLarge("SELECT 1 FROM busy", i, 500_000);
    }

    assertThat(plans.all().get(0).logged().place()).isEqualTo("line 0");
    assertThat(plans.all()).hasSizeLessThan(51);
    assertThat(plans.statementsLostSince(0)).isZero();
  }

  @Test
  void aStatementThatGotANewPlanIsNotLost() throws PlanFormatException {
    for (int i = 0; i < 40; i++) {
      addLarge("SELECT 1 FROM t" + (100 + i), i, 500_000);
    }
    assertThat(plans.statementsLostSince(0)).isEqualTo(1);
    add("SELECT 1 FROM t100", 40, SLOW);

    assertThat(plans.statementsLostSince(0)).isZero();
  }

  private void addLarge(String sql, int line, int characters) throws PlanFormatException {
    Plan large =
        PlanReader.read(
            "Seq Scan on quotes  (cost=0.00..1.00 rows=1 width=4)\n  Output: "
                + "x".repeat(characters));
    plans.add(
        new ExecutedPlan(
            new Logged("log", "line " + line, 1, line, 1, null, Statement.of(sql), null),
            SLOW.toNanos(),
            large));
  }

  private void add(String sql, int line, Duration took) {
    plans.add(
        new ExecutedPlan(
            new Logged("log", "line " + line, 1, line, 1, null, Statement.of(sql), null),
            took.toNanos(),
            plan));
  }
}

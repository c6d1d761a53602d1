package dev.spanwise.analyzer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlidingWorkloadTest {

  private static final int SPANS = 21;

  private final SlidingWorkload workload = new SlidingWorkload(Duration.ofMillis(5));

  @Test
  void keepsASpanForOnePeriodAtLeastAndTwoAtMost() {
    add(1);
    workload.startPeriod();
    add(2);
    assertThat(workload.current().spans()).isEqualTo(2 * SPANS);

    workload.startPeriod();
    assertThat(workload.current().spans()).isEqualTo(SPANS);

    workload.startPeriod();
    assertThat(workload.current().spans()).isZero();
  }

  @Test
  void doesNotGrowWithTheNumberOfPeriods() {
    for (int period = 0; period < 10; period++) {
      add(period);
      assertThat(workload.current().spans()).isLessThanOrEqualTo(2 * SPANS);
      workload.startPeriod();
    }
  }

  @Test
  void leavesTracesOutThatMayStillGrow() {
    add(1);

    assertThat(workload.current().queries()).isEmpty();
    workload.current();
    assertThat(workload.current().queries()).hasSize(1);
  }

  private void add(long trace) {
    Requests.itemByItem(trace).forEach(workload::add);
  }
}

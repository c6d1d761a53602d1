package dev.spanwise.analyzer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.LockWait;
import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.execution.StatementDuration;
import dev.spanwise.analyzer.execution.TemporaryFile;
import dev.spanwise.analyzer.plan.PlanFormatException;
import dev.spanwise.analyzer.plan.PlanReader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentEventsTest {

  private static final Duration SLOW = Duration.ofMillis(100);

  private final RecentEvents events = new RecentEvents(SLOW);

  @Test
  void theLatestOfAKindStay() {
    int added = RecentEvents.CAPACITY_OF_A_KIND + 3;
    for (int i = 0; i < added; i++) {
      events.add(new TemporaryFile(logged(i), i));
    }
    assertThat(events.all()).hasSize(RecentEvents.CAPACITY_OF_A_KIND);
    assertThat(events.all().get(0).logged().place()).isEqualTo("line 3");
  }

  @Test
  void durationsAndTemporaryFilesDoNotPushOutALockWait() {
    ServerEvent wait =
        new LockWait(logged(0), "ShareLock", "transaction 743", 9_000, true, List.of());
    events.add(wait);
    for (int i = 1; i <= 2 * RecentEvents.CAPACITY_OF_A_KIND; i++) {
      events.add(duration(i, SLOW));
      events.add(new TemporaryFile(logged(i), i));
    }
    assertThat(events.all()).hasSize(1 + 2 * RecentEvents.CAPACITY_OF_A_KIND).contains(wait);
  }

  @Test
  void durationsTooShortToExplainASlowSpanArePassedOver() {
    ServerEvent longEnough = duration(2, Duration.ofMillis(20));
    events.add(duration(1, Duration.ofNanos(19_999_999)));
    events.add(longEnough);
    assertThat(events.all()).containsExactly(longEnough);
  }

  @Test
  void allKindsComeInTheOrderOfTheLog() throws PlanFormatException {
    events.add(duration(1, SLOW));
    events.add(new TemporaryFile(logged(2), 8_192));
    events.add(
        new ExecutedPlan(
            logged(3),
            SLOW.toNanos(),
            PlanReader.read("Seq Scan on quotes  (cost=0.00..1.00 rows=1 width=4)")));
    events.add(duration(4, SLOW));
    assertThat(events.all()).extracting(ServerEvent::loggedNanos).containsExactly(1L, 2L, 3L, 4L);
  }

  private static StatementDuration duration(long nanos, Duration took) {
    return new StatementDuration(logged(nanos), StatementDuration.Step.EXECUTE, took.toNanos());
  }

  private static Logged logged(long nanos) {
    return new Logged("postgresql.log", "line " + nanos, 7, nanos, 1, null, null, null);
  }
}

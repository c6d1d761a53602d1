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
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentEventsTest {

  private static final Duration SLOW = Duration.ofMillis(100);

  /** Entries without a statement that are held of a kind. */
  private static final int CAPACITY =
      (int) (RecentEntries.CAPACITY_BYTES / duration(0, SLOW).approximateBytes());

  private final RecentEvents events = new RecentEvents(SLOW);

  @Test
  void theLatestOfAKindStay() {
    for (int i = 0; i < CAPACITY + 3; i++) {
      events.add(new TemporaryFile(logged(i), i));
    }
    assertThat(events.all()).hasSize(CAPACITY);
    assertThat(events.all().get(0).logged().place()).isEqualTo("line 3");
  }

  @Test
  void entriesWithLongStatementsAreFewer() {
    Statement statement = Statement.of("SELECT " + "a, ".repeat(3_000) + "b FROM t");
    int entries = 10_000;
    for (int i = 0; i < entries; i++) {
      Logged logged = new Logged("postgresql.log", "line " + i, 7, i, 1, null, statement, null);
      events.add(new StatementDuration(logged, StatementDuration.Step.EXECUTE, SLOW.toNanos()));
    }
    long bytes = events.all().stream().mapToLong(ServerEvent::approximateBytes).sum();
    assertThat(bytes).isLessThanOrEqualTo(RecentEntries.CAPACITY_BYTES);
    assertThat(events.all()).hasSizeLessThan(entries);
    assertThat(events.all().get(events.all().size() - 1).logged().place())
        .isEqualTo("line " + (entries - 1));
  }

  @Test
  void durationsAndTemporaryFilesDoNotPushOutALockWait() {
    ServerEvent wait =
        new LockWait(logged(0), "ShareLock", "transaction 743", 9_000, true, List.of());
    events.add(wait);
    for (int i = 1; i <= 2 * CAPACITY; i++) {
      events.add(duration(i, SLOW));
      events.add(new TemporaryFile(logged(i), i));
    }
    assertThat(events.all()).hasSize(1 + 2 * CAPACITY).contains(wait);
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

package dev.spanwise.analyzer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.execution.TemporaryFile;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentEventsTest {

  @Test
  void theLatestEventsStay() {
    RecentEvents events = new RecentEvents(Duration.ofMillis(100));
    int added = RecentEvents.CAPACITY + 3;
    for (int i = 0; i < added; i++) {
      events.add(
          new TemporaryFile(
              new Logged("postgresql.log", "line " + i, 7, i, 1, null, null, null), i));
    }
    assertThat(events.all()).hasSize(RecentEvents.CAPACITY);
    assertThat(events.all().get(0).logged().place()).isEqualTo("line 3");
  }
}

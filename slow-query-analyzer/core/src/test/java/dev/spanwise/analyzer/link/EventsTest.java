package dev.spanwise.analyzer.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.execution.StatementDuration;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsTest {

  @Test
  void eventsOfAllSpansTakeSoManyBytesHoweverLongTheirStatementsAre() {
    Statement statement = Statement.of("SELECT " + "a, ".repeat(3_000) + "b FROM t");
    Events.Count count = new Events.Count();
    List<ServerEvent> held = new ArrayList<>();
    int spans = 500;
    for (int span = 0; span < spans; span++) {
      Events events = new Events(count);
      for (int i = 0; i < Events.OF_A_SPAN; i++) {
        Logged logged = new Logged("log", "line " + i, span, i, 1, null, statement, null);
        events.add(new StatementDuration(logged, StatementDuration.Step.EXECUTE, 1));
      }
      held.addAll(events.all());
    }
    long eventBytes = held.get(0).approximateBytes();
    assertThat(held).hasSizeLessThan(spans * Events.OF_A_SPAN);
    assertThat(held.size() * eventBytes).isBetween(Events.BYTES, Events.BYTES + eventBytes);
  }
}

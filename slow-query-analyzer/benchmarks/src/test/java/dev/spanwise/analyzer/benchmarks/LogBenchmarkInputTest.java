package dev.spanwise.analyzer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.LockWait;
import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.execution.StatementDuration;
import dev.spanwise.analyzer.execution.TemporaryFile;
import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.postgresql.log.ServerLogOptions;
import dev.spanwise.analyzer.postgresql.log.ServerLogReader;
import dev.spanwise.analyzer.trace.Span;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The generated log holds what it is said to hold. */
final class LogBenchmarkInputTest {

  private static final int BYTES = 500_000;

  @Test
  void everyPlanOfTheLogHasItsSpanAndNothingIsRejected() throws IOException {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    List<Span> spans = new ArrayList<>();
    new LogGenerator(1).write(log, () -> log.size() >= BYTES, spans::add);
    List<ServerEvent> events = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();

    ServerLogReader.read(
        new ByteArrayInputStream(log.toByteArray()),
        "generated.log",
        ServerLogOptions.DEFAULTS,
        events::add,
        rejections::add);

    assertThat(rejections).isEmpty();
    assertThat(events)
        .hasAtLeastOneElementOfType(StatementDuration.class)
        .hasAtLeastOneElementOfType(LockWait.class)
        .hasAtLeastOneElementOfType(TemporaryFile.class);
    List<ExecutedPlan> plans =
        events.stream()
            .filter(ExecutedPlan.class::isInstance)
            .map(ExecutedPlan.class::cast)
            .toList();
    assertThat(plans).hasSameSizeAs(spans).hasSizeGreaterThan(20);
    for (int i = 0; i < plans.size(); i++) {
      ExecutedPlan plan = plans.get(i);
      Span span = spans.get(i);
      assertThat(span.call()).isNotNull();
      assertThat(Objects.requireNonNull(span.call()).backendPid()).isEqualTo(plan.backendPid());
      assertThat(plan.loggedNanos() - plan.durationNanos())
          .isGreaterThan(span.startNanos() - 1_000_000);
      assertThat(plan.loggedNanos()).isLessThan(span.endNanos());
      assertThat(span.call().statement()).isEqualTo(plan.statement());
    }
  }
}

package dev.spanwise.analyzer.postgresql.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.analysis.Analysis;
import dev.spanwise.analyzer.input.Rejections;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanFormatException;
import dev.spanwise.analyzer.plan.PlanJson;
import dev.spanwise.analyzer.plan.PlanReader;
import dev.spanwise.analyzer.report.Report;
import dev.spanwise.analyzer.report.ReportAssembler;
import dev.spanwise.analyzer.report.ReportFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold of any bytes that are given as EXPLAIN's output. */
final class FuzzedPlan {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  /**
   * What reading gave.
   *
   * @param refusedAt the place and the reason of a refusal; null where it was read
   */
  private record Outcome(List<Plan> plans, @Nullable String refusedAt) {}

  private FuzzedPlan() {}

  /**
   * Reads {@code input}, diagnoses what it holds and writes reports of it.
   *
   * @return the plans in it; empty where it is refused
   */
  static List<Plan> check(byte[] input) {
    String output = new String(input, StandardCharsets.UTF_8);
    long begun = System.nanoTime();
    Outcome outcome = read(output);
    assertThat(read(output)).isEqualTo(outcome);
    for (Plan plan : outcome.plans()) {
      assertWrittenAndReadAgain(plan);
    }
    assertArrowsAreNodes(output, outcome);
    assertReported(outcome.plans());
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONGEST);
    return outcome.plans();
  }

  private static Outcome read(String output) {
    try {
      return new Outcome(PlanReader.readAll(output), null);
    } catch (PlanFormatException refused) {
      assertThat(refused.place()).isNotBlank();
      assertThat(refused.getMessage()).isNotBlank();
      return new Outcome(List.of(), refused.place() + ": " + refused.getMessage());
    }
  }

  private static void assertWrittenAndReadAgain(Plan plan) {
    Outcome again = read(PlanJson.masked(plan));

    assertThat(again.refusedAt()).isNull();
    assertThat(again.plans())
        .singleElement()
        .satisfies(one -> assertThat(one.nodes().count()).isEqualTo(plan.nodes().count()));
  }

  /** Each child that text output draws is a node; only inside quotes can an arrow be anything. */
  private static void assertArrowsAreNodes(String output, Outcome outcome) {
    boolean text = outcome.refusedAt() == null && !output.stripLeading().startsWith("{");
    if (text && output.indexOf('\'') < 0 && output.indexOf('"') < 0) {
      long arrows = output.lines().filter(line -> line.strip().startsWith("->  ")).count();
      long nodes = outcome.plans().stream().mapToLong(plan -> plan.nodes().count()).sum();
      assertThat(nodes).isGreaterThanOrEqualTo(arrows);
    }
  }

  private static void assertReported(List<Plan> plans) {
    Report report =
        Analysis.of(
                plans,
                Analysis.Database.NONE,
                new Rejections(),
                new ReportAssembler(Instant.EPOCH, "fuzz"))
            .report();
    // The page inlines its scripts, megabytes each time.
    for (ReportFormat format :
        List.of(ReportFormat.JSON, ReportFormat.TEXT, ReportFormat.MARKDOWN)) {
      assertThat(format.render(report)).isNotEmpty();
    }
  }
}

package dev.spanwise.analyzer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.analysis.Analysis;
import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanFormatException;
import dev.spanwise.analyzer.plan.PlanReader;
import dev.spanwise.analyzer.report.Report;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveAnalysisTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T09:30:00Z"), ZoneOffset.UTC);

  private static final Catalogue EMPTY = new Catalogue(180_006, List.of(), List.of());

  private final AtomicInteger readings = new AtomicInteger();

  @Test
  void reportsTracesOnceTheyAreQuiet() {
    try (LiveAnalysis analysis = analysis()) {
      Requests.itemByItem(1).forEach(analysis::span);
      assertThat(analysis.report().findings()).isEmpty();
      refreshUntilQuiet(analysis);

      assertThat(analysis.report().findings())
          .extracting(Report.Finding::rule)
          .containsExactly("QueryRepeatsPerItem");
      assertThat(analysis.spansReceived()).isEqualTo(21);
    }
  }

  @Test
  void aDatabaseThatFailsIsDoneWithoutAndAskedAgain() {
    try (LiveAnalysis analysis =
        new LiveAnalysis(
            Duration.ofMillis(5),
            () -> {
              readings.incrementAndGet();
              throw new IllegalStateException("the database is gone");
            },
            CLOCK,
            "test")) {
      Requests.itemByItem(1).forEach(analysis::span);
      refreshUntilQuiet(analysis);

      assertThat(analysis.report().findings()).hasSize(1);
      assertThat(readings).hasValue(4);
      assertThat(analysis.report().input().notes())
          .anyMatch(note -> note.contains("the database is gone"));
    }
  }

  @Test
  void aDatabaseThatGoesAwayLeavesItsLastCatalogueAndANote() {
    AtomicBoolean gone = new AtomicBoolean();
    LatestCatalogue latest =
        new LatestCatalogue(
            () -> {
              if (gone.get()) {
                throw new IllegalStateException("the database is gone");
              }
              return EMPTY;
            },
            CLOCK);
    assertThat(latest.read().notes()).isEmpty();
    assertThat(latest.read().howToProve())
        .contains("serve proves nothing", "spanwise analyze", "--what-if executed");

    gone.set(true);
    Analysis.Database away = latest.read();

    assertThat(away.catalogue()).isSameAs(EMPTY);
    assertThat(away.notes())
        .singleElement()
        .asString()
        .contains("2026-11-22T09:30:00Z", "the database is gone");
  }

  @Test
  void aLogThatIsWaitedForIsNotedUntilItIsThere() {
    AtomicReference<@Nullable String> waiting = new AtomicReference<>("the log is waited for");
    try (LiveAnalysis analysis = analysis()) {
      analysis.follows(waiting::get);
      analysis.refresh();
      assertThat(analysis.report().input().notes()).containsExactly("the log is waited for");
      assertThat(analysis.report().input().rejectedCount()).isZero();

      waiting.set(null);
      analysis.refresh();
      assertThat(analysis.report().input().notes()).isEmpty();
    }
  }

  @Test
  void statementsWhoseLargePlansGaveWayAreNotedForHalfAnHour() throws PlanFormatException {
    Plan large =
        PlanReader.read(
            "Seq Scan on t  (cost=0.00..1.00 rows=1 width=4)\n  Output: " + "x".repeat(15_000_000));
    try (LiveAnalysis analysis = analysis()) {
      analysis.follows(() -> null);
      for (int i = 0; i < 3; i++) {
        Instant logged = CLOCK.instant().minus(Duration.ofMinutes(40 - 12 * i));
        analysis.event(
            new ExecutedPlan(
                new Logged(
                    "log",
                    "line " + i,
                    1,
                    TimeUnit.SECONDS.toNanos(logged.getEpochSecond()),
                    1,
                    null,
                    Statement.of("SELECT 1 FROM t" + i),
                    null),
                Duration.ofSeconds(1).toNanos(),
                large));
      }
      analysis.refresh();

      // The first one is of no span that the report covers.
      assertThat(analysis.report().input().notes())
          .containsExactly(
              "not judged by their plans: 1 of the statements whose plans the log had, since plans are held up to 40 MB and 2,000 in all");
    }
  }

  @Test
  void anErrorOfAnAnalysisLeavesTheReportBefore() {
    AtomicBoolean broken = new AtomicBoolean();
    try (LiveAnalysis analysis =
        new LiveAnalysis(
            Duration.ofMillis(5),
            () -> {
              if (broken.get()) {
                throw new StackOverflowError();
              }
              return null;
            },
            CLOCK,
            "test")) {
      Report before = analysis.report();
      broken.set(true);

      analysis.refresh();

      assertThat(analysis.report()).isSameAs(before);
    }
  }

  @Test
  void metricsHoldFindingsWithoutStatementText() {
    try (LiveAnalysis analysis = analysis()) {
      Requests.itemByItem(1).forEach(analysis::span);
      analysis.rejected(new Rejection("OTLP", "byte 0", "not a protobuf message"));
      refreshUntilQuiet(analysis);

      String metrics = new String(Metrics.of(analysis), StandardCharsets.UTF_8);

      assertThat(metrics.lines())
          .contains(
              "spanwise_spans_received_total 21.0",
              "spanwise_plans_read_total 0.0",
              "spanwise_input_rejected_total 1.0",
              "spanwise_links{confidence=\"unlinked\"} 20.0",
              "spanwise_report_timestamp_seconds 1.7953398E9")
          .anyMatch(
              line ->
                  line.startsWith("spanwise_finding_info{finding=\"QueryRepeatsPerItem-")
                      && line.contains("rule=\"QueryRepeatsPerItem\"")
                      && line.contains("service=\"api \\\"one\\\"\\n\"")
                      && line.endsWith("} 1"));
      assertThat(metrics).doesNotContainIgnoringCase("select").doesNotContain("quotes");
    }
  }

  private LiveAnalysis analysis() {
    return new LiveAnalysis(Duration.ofMillis(5), () -> null, CLOCK, "test");
  }

  /** A trace is quiet when two reports went by without a span of it. */
  private static void refreshUntilQuiet(LiveAnalysis analysis) {
    analysis.refresh();
    analysis.refresh();
    analysis.refresh();
  }
}

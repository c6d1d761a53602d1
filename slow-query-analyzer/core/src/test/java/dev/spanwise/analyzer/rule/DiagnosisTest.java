package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.LockWait;
import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.link.Confidence;
import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.link.Links;
import dev.spanwise.analyzer.link.PlanLinker;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.trace.Spans;
import dev.spanwise.analyzer.trace.TraceId;
import dev.spanwise.analyzer.workload.Workload;
import dev.spanwise.analyzer.workload.WorkloadBuilder;
import dev.spanwise.analyzer.workload.WorkloadLimits;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

  private static final long MS = 1_000_000;
  private static final String SCAN = "SELECT id, executed_at FROM trades WHERE account_id = 42";
  private static final String TOP =
      "SELECT id, symbol FROM trades WHERE status = 'filled' ORDER BY executed_at DESC LIMIT 50";
  private static final String ITEM = "SELECT price FROM quotes WHERE id = $1";

  private static final Plan SCAN_PLAN = RulePlans.recorded("SeqScanDiscardsMostRows", "fires");
  private static final Plan TOP_PLAN = RulePlans.recorded("TopNSortReadsManyRows", "fires");

  @Test
  void plansOfOneInputHaveFindingsOfTheirOwn() {
    List<Diagnosis.OfPlan> twice = Diagnosis.of(List.of(SCAN_PLAN, SCAN_PLAN), null);
    assertThat(twice).allSatisfy(one -> assertThat(one.findings()).hasSize(1));

    Finding first = twice.get(0).findings().get(0);
    Finding second = twice.get(1).findings().get(0);
    assertThat(first.id()).isNotEqualTo(second.id());
    assertThat(twice.get(0).with(List.of(first, second)).findings()).containsExactly(first);
    assertThat(twice.get(1).with(List.of(first, second)).findings()).containsExactly(second);
  }

  @Test
  void findingsComeWithTheMostTimeSavedFirst() {
    Workload workload = workload();
    List<Finding> findings = Diagnosis.of(workload, linkAll(workload), null).findings();
    assertThat(findings)
        .extracting(Finding::rule)
        .containsExactly("TopNSortReadsManyRows", "QueryRepeatsPerItem", "SeqScanDiscardsMostRows");
    // What two executions of each plan lost, and 19 of 20 calls of 5 ms.
    assertThat(findings)
        .extracting(finding -> finding.savedMs() == null ? 0 : finding.savedMs())
        .usingElementComparator((a, b) -> Math.abs(a - b) < 0.001 ? 0 : Double.compare(a, b))
        .containsExactly(2 * 189.356, 95.0, 2 * 33.612);
  }

  @Test
  void severityIsWhatASlowCallLoses() {
    Workload workload = workload();
    assertThat(Diagnosis.of(workload, linkAll(workload), null).findings())
        .extracting(Finding::severity)
        .containsExactly(Severity.HIGH, Severity.MEDIUM, Severity.MEDIUM);
  }

  @Test
  void aFindingCarriesTheLinksOfAllSpansThatShowIt() {
    Workload workload = workload();
    Finding top = Diagnosis.of(workload, linkAll(workload), null).findings().get(0);
    assertThat(top.links())
        .extracting(link -> link.span().span().traceId())
        .doesNotHaveDuplicates();
    assertThat(top.links()).hasSize(2).extracting(Link::plan).doesNotContainNull();
    assertThat(top.plan()).isEqualTo(TOP_PLAN);
    assertThat(top.query()).isNotNull();
  }

  @Test
  void idsAreTheSameInEveryRunAndDifferForEachFinding() {
    Workload first = workload();
    Workload second = workload();
    List<String> ids = ids(Diagnosis.of(first, linkAll(first), null));
    assertThat(ids).doesNotHaveDuplicates().hasSize(3);
    assertThat(ids(Diagnosis.of(second, linkAll(second), null))).isEqualTo(ids);
    assertThat(ids.get(0)).matches("TopNSortReadsManyRows-[0-9a-f]{12}");
  }

  @Test
  void aSlowQueryWithoutALinkedPlanSaysWhatIsMissing() {
    Workload workload = workload();
    Diagnosis diagnosis = Diagnosis.of(workload, link(workload), null);
    assertThat(diagnosis.findings())
        .extracting(Finding::rule)
        .containsExactly("QueryRepeatsPerItem");
    assertThat(diagnosis.unjudged()).hasSize(2);
    assertThat(diagnosis.unjudged().values())
        .containsOnly(
            "no executed plan is linked to any slow call: the server log that was read holds no readable plan (auto_explain)");
  }

  @Test
  void ofSlowCallsWithoutALinkTheReasonThatHoldsIsSaid() {
    ExecutedPlan elsewhere = executed(TOP, 8, 40, TOP_PLAN);
    Workload some = callsBy(7, null, 8, null);
    assertThat(whyUnlinked(some, link(some, elsewhere)))
        .isEqualTo(
            "none was logged for it (auto_explain); 2 of its 4 slow spans carry no postgresql.pid");
    assertThat(whyUnlinked(some, Links.withoutLog(some)))
        .isEqualTo("no server log was read; 2 of its 4 slow spans carry no postgresql.pid");
    Workload all = callsBy(7, 8);
    assertThat(whyUnlinked(all, link(all, elsewhere)))
        .isEqualTo("none was logged for it (auto_explain)");
    assertThat(whyUnlinked(all, Links.withoutLog(all))).isEqualTo("no server log was read");
    Workload none = callsBy(null, null, null);
    assertThat(whyUnlinked(none, link(none, elsewhere)))
        .isEqualTo(
            "none of its 3 slow spans carries postgresql.pid, and no plan names one of them or fits one by statement and duration");
    assertThat(whyUnlinked(all, link(all, executed(TOP, 9, 40, TOP_PLAN))))
        .isEqualTo(
            "the log has no readable entry of the backends that its spans name (postgresql.pid): it is another server's, a pooler stands between, or the entry is among the rejected input");
    assertThat(whyUnlinked(all, link(all, executed(TOP, 7, 3_600_000, TOP_PLAN))))
        .isEqualTo("the statements in the server's log are of another time than the slow spans");
    assertThat(whyUnlinked(none, Links.withoutLog(none)))
        .isEqualTo("no server log was read, and none of its 3 slow spans carries postgresql.pid");
  }

  @Test
  void ofAStatementWithManySlowCallsOnlyTheSlowestAreSpokenOf() {
    Workload many = callsBy(new Integer[WorkloadLimits.SLOW_SPANS_OF_A_QUERY + 50]);
    assertThat(whyUnlinked(many, Links.withoutLog(many)))
        .isEqualTo(
            "no server log was read, and none of the 200 slowest of its 250 slow spans carries postgresql.pid");
  }

  private static String whyUnlinked(Workload workload, Links links) {
    String reason = Diagnosis.of(workload, links, null).unjudged().get(workload.queries().get(0));
    String beginning = "no executed plan is linked to any slow call: ";
    assertThat(reason).startsWith(beginning);
    return Objects.requireNonNull(reason).substring(beginning.length());
  }

  /** Slow calls of one statement in a trace each, by these backends. */
  private static Workload callsBy(@Nullable Integer... pids) {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(30));
    for (int i = 0; i < pids.length; i++) {
      builder.add(Spans.call(Spans.trace(i), 1, 0, SCAN, pids[i], 0, 40));
    }
    builder.groupAllTraces();
    return builder.build();
  }

  @Test
  void aSlowQueryWhosePlanWasNotMeasuredSaysWhatIsMissing() {
    Workload workload = workload();
    Plan unmeasured = RulePlans.recorded("SeqScanDiscardsMostRows", "inconclusive");
    Links links = link(workload, executed(SCAN, 7, 40, unmeasured));
    assertThat(Diagnosis.of(workload, links, null).unjudged().values())
        .anyMatch(missing -> missing.contains("EXPLAIN without ANALYZE"));
  }

  @Test
  void aSlowQueryWhoseLinksAreAmbiguousSaysSo() {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(100));
    builder.add(Spans.call(Spans.trace(1), 1, 0, SCAN, 7, 0, 400));
    builder.add(Spans.call(Spans.trace(2), 1, 0, SCAN, 7, 0, 400));
    builder.groupAllTraces();
    Workload workload = builder.build();
    Links links = link(workload, executed(SCAN, 7, 350, SCAN_PLAN));
    Diagnosis diagnosis = Diagnosis.of(workload, links, null);
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.unjudged())
        .containsExactly(
            entry(
                workload.queries().get(0),
                "every link of a slow call that was found is ambiguous: several spans could have sent the execution"));
  }

  @Test
  void aPlanThatTookASmallPartOfItsSpanIsNotBlamed() {
    Workload workload = calls(900);
    Links links = link(workload, executed(SCAN, 7, 899, SCAN_PLAN));
    Diagnosis diagnosis = Diagnosis.of(workload, links, null);
    assertThat(links.links()).hasSize(1);
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.unjudged().values())
        .allMatch(missing -> missing.contains("outside the executor"));
  }

  @Test
  void aWaitThatTheLogTellsOfIsNamedOnceHoweverThePlanShowsIt() {
    Workload workload = calls(550);
    ExecutedPlan update = executed(SCAN, 7, 545, RulePlans.recorded("WaitedForLock", "fires"));
    LockWait wait =
        new LockWait(update.logged(), "ShareLock", "transaction 743", 480 * MS, true, List.of(12));
    PlanLinker linker = new PlanLinker(workload);
    linker.offer(wait);
    linker.offer(update);
    List<Finding> findings = Diagnosis.of(workload, linker.links(), null).findings();
    assertThat(findings).extracting(Finding::rule).containsExactly("WaitedForLock");
    assertThat(findings.get(0).title()).startsWith("The call waited 480 ms for a row");
    assertThat(Objects.requireNonNull(findings.get(0).savedMs())).isCloseTo(480, within(0.001));
    assertThat(findings.get(0).severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void aWaitBeforeTheExecutionIsFoundBesideAQuickPlan() {
    Workload workload = calls(900);
    ExecutedPlan quick = executed(SCAN, 7, 899, SCAN_PLAN);
    LockWait wait =
        new LockWait(
            quick.logged(),
            "AccessShareLock",
            "relation 16385 of database 5",
            850 * MS,
            true,
            List.of());
    PlanLinker linker = new PlanLinker(workload);
    linker.offer(wait);
    linker.offer(quick);
    assertThat(Diagnosis.of(workload, linker.links(), null).findings())
        .extracting(Finding::title)
        .containsExactly("The call waited 850 ms for a table that another transaction has locked");
  }

  @Test
  void whatIsSavedCountsOnlyThePlansThatShowTheCause() {
    Workload workload = calls(40, 40);
    Plan quick = RulePlans.recorded("IndexScanDiscardsMostRows", "clear");
    Links links = link(workload, executed(SCAN, 7, 40, SCAN_PLAN), executed(SCAN, 7, 1_039, quick));
    Finding finding = Diagnosis.of(workload, links, null).findings().get(0);
    assertThat(links.links()).hasSize(2);
    assertThat(Objects.requireNonNull(finding.savedMs())).isCloseTo(33.612, within(0.001));
    assertThat(finding.links()).hasSize(1);
  }

  @Test
  void severityIsThatOfTheSlowCallsHoweverManyQuickOnesThereAre() {
    long[] durations = new long[100];
    Arrays.fill(durations, 1);
    durations[50] = 200;
    Workload workload = calls(durations);
    Links links = link(workload, executed(SCAN, 7, 50_200, TOP_PLAN));
    assertThat(Diagnosis.of(workload, links, null).findings())
        .extracting(Finding::severity)
        .containsExactly(Severity.HIGH);
  }

  @Test
  void slowerCallsWithoutALinkDoNotHideTheOnesThatHaveOne() {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(30));
    builder.add(Spans.call(Spans.trace(1), 1, 0, SCAN, 7, 0, 40));
    for (int i = 0; i < 10; i++) {
      builder.add(Spans.call(Spans.trace(2 + i), 1, 0, SCAN, null, 0, 500));
    }
    builder.groupAllTraces();
    Workload workload = builder.build();
    Links links = link(workload, executed(SCAN, 7, 40, SCAN_PLAN));
    assertThat(Diagnosis.of(workload, links, null).findings()).hasSize(1);
  }

  /** Calls of one statement by one backend, a second apart. */
  private static Workload calls(long... durationsMs) {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(30));
    for (int i = 0; i < durationsMs.length; i++) {
      long start = i * 1_000L;
      builder.add(Spans.call(Spans.trace(i), 1, 0, SCAN, 7, start, start + durationsMs[i]));
    }
    builder.groupAllTraces();
    return builder.build();
  }

  @Test
  void ofASpillTheFilesAloneAreSavedAndNotTheSort() {
    Plan plan =
        RulePlans.read(
            """
            Sort  (cost=1.00..2.00 rows=150000 width=106) (actual time=677.646..847.078 rows=150000 loops=1)
              Sort Key: b
              Sort Method: external merge  Disk: 17472kB
              Buffers: temp read=2184 written=2184
              I/O Timings: temp read=3.000 write=7.000
              ->  Seq Scan on t  (cost=0.00..1.00 rows=150000 width=106) (actual time=0.020..116.888 rows=150000 loops=1)
            Execution Time: 912.096 ms
            """);

    Finding finding = Diagnosis.of(plan, null).findings().get(0);

    assertThat(finding.rule()).isEqualTo("SortSpillsToDisk");
    assertThat(finding.severity()).isEqualTo(Severity.LOW);
  }

  @Test
  void aPlanByItselfIsExaminedWithoutAQuery() {
    Diagnosis.OfPlan ofPlan = Diagnosis.of(SCAN_PLAN, null);
    assertThat(ofPlan.findings()).hasSize(1);
    Finding finding = ofPlan.findings().get(0);
    assertThat(finding.query()).isNull();
    assertThat(finding.savedMs()).isNull();
    // 33.6 ms of a statement of 33.7 ms.
    assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
    assertThat((double) RulePlans.evidence(finding.evidence(), "share of the execution time"))
        .isCloseTo(0.9984, within(1e-9));
    assertThat(ofPlan.inconclusive()).isEmpty();
  }

  /** Calls of 40 ms, each of them quick enough, and together the whole request. */
  @Test
  void aScanThatARequestRepeatsIsOneFinding() {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(100));
    TraceId request = Spans.trace(1);
    builder.add(Spans.request(request, 1, "GET /portfolio", 0, 1_000));
    for (int call = 0; call < 20; call++) {
      builder.add(Spans.call(request, 2 + call, 1, SCAN, 11, call * 40L, (call + 1) * 40L));
    }
    builder.groupAllTraces();
    Workload workload = builder.build();
    Links links =
        link(workload, executed(SCAN, 11, 40, SCAN_PLAN), executed(SCAN, 11, 80, SCAN_PLAN));

    List<Finding> findings = Diagnosis.of(workload, links, null).findings();

    assertThat(findings).hasSize(1);
    Finding finding = findings.get(0);
    assertThat(finding.rule()).isEqualTo("SeqScanDiscardsMostRows");
    assertThat(finding.title())
        .isEqualTo(
            "Every row of public.trades is read and 99.95 % thrown away, 20 times in one request");
    assertThat(finding.severity()).isEqualTo(Severity.HIGH);
    assertThat(finding.remedy()).isEqualTo(new Remedy.Index());
    assertThat(finding.alsoHelps())
        .singleElement()
        .isInstanceOfSatisfying(
            Remedy.Step.class,
            step -> assertThat(step.kind()).isEqualTo(Remedy.Kind.BATCH_QUERIES));
    assertThat(RulePlans.evidence(finding.evidence(), "calls in a request")).isEqualTo(20.0);
    assertThat(RulePlans.evidence(finding.evidence(), "share of the request's time"))
        .isEqualTo(0.8);
    assertThat(RulePlans.evidence(finding.evidence(), "rows thrown away")).isEqualTo(299_850L);
    // Each of the two that were examined lost 33.6 of its 40 ms; 19 of 20 calls could go.
    assertThat(finding.savedMs()).isEqualTo(760.0);
    assertThat(links.count(Confidence.EXACT)).isZero();
    assertThat(links.unlinked()).isZero();
  }

  @Test
  void whatOneOfManyCallsWaitedForIsNotSaidOfEach() {
    Workload workload = repeatedCalls(5, 2_005);
    ExecutedPlan update = executed(SCAN, 11, 2_000, RulePlans.recorded("WaitedForLock", "clear"));
    LockWait wait =
        new LockWait(
            update.logged(), "ShareLock", "transaction 743", 1_950 * MS, true, List.of(12));
    PlanLinker linker = new PlanLinker(workload);
    linker.offer(wait);
    linker.offer(update);
    List<Finding> findings = Diagnosis.of(workload, linker.links(), null).findings();
    assertThat(findings)
        .extracting(Finding::rule)
        .containsExactlyInAnyOrder("WaitedForLock", "QueryRepeatsPerItem");
    assertThat(findings)
        .extracting(Finding::title)
        .noneMatch(title -> title.startsWith("The call waited") && title.contains("times"));
  }

  @Test
  void aPlanThatOneExceptionalCallShowsIsNotSaidOfEach() {
    Workload workload = repeatedCalls(10, 160);
    Links links = link(workload, executed(SCAN, 11, 155, SCAN_PLAN));
    assertThat(links.links()).hasSize(1);
    assertThat(Diagnosis.of(workload, links, null).findings())
        .extracting(Finding::title)
        .hasSize(2)
        .contains("Every row of public.trades is read and 99.95 % thrown away");
  }

  /** The slowest calls are exceptions, and the plan of a usual one is held beside theirs. */
  @Test
  void aPlanThatUsualCallsShowTooIsOneFindingHoweverSlowTheSlowestAre() {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(200));
    TraceId request = Spans.trace(1);
    builder.add(Spans.request(request, 1, "GET /orders", 0, 5_000));
    ExecutedPlan[] plans = new ExecutedPlan[50];
    long start = 0;
    for (int call = 0; call < 50; call++) {
      long ms = call % 10 == 0 ? 140 + call : 40 + call % 10;
      builder.add(Spans.call(request, 2 + call, 1, SCAN, 11, start, start + ms));
      plans[call] = scanned(start + ms, ms - 2);
      start += ms + 5;
    }
    builder.groupAllTraces();
    Workload workload = builder.build();
    assertThat(Diagnosis.of(workload, link(workload, plans), null).findings())
        .extracting(Finding::title)
        .containsExactly(
            "Every row of public.trades is read and 99.99 % thrown away, 50 times in one request");
  }

  /** A scan of {@link #SCAN} that took all of the execution. */
  private static ExecutedPlan scanned(long endMs, long durationMs) {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.trades  (cost=0.00..9000.00 rows=10 width=4) (actual time=0.010..%d.000 rows=10 loops=1)
              Filter: (account_id = 42)
              Rows Removed by Filter: 99990
            """
                .formatted(durationMs));
    return new ExecutedPlan(
        new Logged("postgresql.log", "line 1", 11, endMs * MS, MS, null, Statement.of(SCAN), null),
        durationMs * MS,
        plan);
  }

  @Test
  void aSlowQueryWhosePlanWasLetGoSaysSo() {
    int statements = 3;
    int characters = 10_000_000;
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(30));
    ExecutedPlan[] plans = new ExecutedPlan[statements];
    for (int i = 0; i < statements; i++) {
      String sql = "SELECT 1 FROM t" + i;
      builder.add(Spans.call(Spans.trace(i), 1, 0, sql, 7, i * 1_000L, i * 1_000L + 50 + i));
      plans[i] = executed(sql, 7, i * 1_000L + 49, large(characters));
    }
    builder.groupAllTraces();
    Workload workload = builder.build();
    assertThat(Diagnosis.of(workload, link(workload, plans), null).unjudged().values())
        .filteredOn(reason -> reason.contains("gave way"))
        .hasSize(2)
        .allMatch(reason -> reason.startsWith("the server logged plans of its slow calls"));
  }

  private static Plan large(int characters) {
    return RulePlans.read(
        "Seq Scan on public.t  (cost=0.00..1.00 rows=1 width=4) (actual time=0.010..25.000 rows=1 loops=1)\n  Output: "
            + "x".repeat(characters));
  }

  @Test
  void aPlanThatMostCallsDoNotShowIsNotSaidOfEach() {
    Workload workload = repeatedCalls(40, 40);
    Plan quick = RulePlans.recorded("IndexScanDiscardsMostRows", "clear");
    Links links =
        link(
            workload,
            executed(SCAN, 11, 40, SCAN_PLAN),
            executed(SCAN, 11, 79, quick),
            executed(SCAN, 11, 119, quick));
    assertThat(links.links()).hasSize(3);
    assertThat(Diagnosis.of(workload, links, null).findings())
        .extracting(Finding::title)
        .hasSize(2)
        .contains("Every row of public.trades is read and 99.95 % thrown away");
  }

  /** Twenty calls of one request, of which the first takes another time than the others. */
  private static Workload repeatedCalls(long ms, long firstMs) {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(100));
    TraceId request = Spans.trace(1);
    builder.add(Spans.request(request, 1, "GET /portfolio", 0, firstMs + 20 * ms));
    builder.add(Spans.call(request, 2, 1, SCAN, 11, 0, firstMs));
    for (int call = 1; call < 20; call++) {
      long start = firstMs + (call - 1) * ms;
      builder.add(Spans.call(request, 2 + call, 1, SCAN, 11, start, start + ms));
    }
    builder.groupAllTraces();
    return builder.build();
  }

  @Test
  void aFindingSaysWhatTheStatementTakesOfItsRequests() {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(30));
    TraceId request = Spans.trace(1);
    builder.add(Spans.request(request, 1, "GET /trades", 0, 50));
    builder.add(Spans.call(request, 2, 1, SCAN, 11, 0, 40));
    builder.groupAllTraces();
    Workload workload = builder.build();

    List<Finding> findings =
        Diagnosis.of(workload, link(workload, executed(SCAN, 11, 40, SCAN_PLAN)), null).findings();

    assertThat(findings).hasSize(1);
    List<Evidence> evidence = findings.get(0).evidence();
    assertThat(RulePlans.evidence(evidence, "calls in a slow request")).isEqualTo(1.0);
    assertThat(RulePlans.evidence(evidence, "time of the slow request")).isEqualTo(50.0);
    assertThat(RulePlans.evidence(evidence, "share of the request's time")).isEqualTo(0.8);
  }

  /** Two slow statements with two calls each, and one that a request runs twenty times. */
  private static Workload workload() {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(30));
    builder.add(Spans.call(Spans.trace(1), 1, 0, SCAN, 7, 0, 40));
    builder.add(Spans.call(Spans.trace(2), 1, 0, SCAN, 8, 0, 40));
    builder.add(Spans.call(Spans.trace(3), 1, 0, TOP, 9, 0, 200));
    builder.add(Spans.call(Spans.trace(4), 1, 0, TOP, 10, 0, 200));
    TraceId request = Spans.trace(5);
    builder.add(Spans.request(request, 1, "GET /portfolio", 0, 300));
    for (int call = 0; call < 20; call++) {
      builder.add(Spans.call(request, 2 + call, 1, ITEM, 11, call * 5L, (call + 1) * 5L));
    }
    builder.groupAllTraces();
    return builder.build();
  }

  private static Links linkAll(Workload workload) {
    return link(
        workload,
        executed(SCAN, 7, 40, SCAN_PLAN),
        executed(SCAN, 8, 40, SCAN_PLAN),
        executed(TOP, 9, 200, TOP_PLAN),
        executed(TOP, 10, 200, TOP_PLAN));
  }

  private static Links link(Workload workload, ExecutedPlan... plans) {
    PlanLinker linker = new PlanLinker(workload);
    for (ExecutedPlan plan : plans) {
      linker.offer(plan);
    }
    return linker.links();
  }

  /** An execution that took as long as its plan says and ended at {@code endMs}. */
  private static ExecutedPlan executed(String sql, int pid, long endMs, Plan plan) {
    long durationMs = plan.executionMs() == null ? 30 : plan.executionMs().longValue();
    return new ExecutedPlan(
        new Logged("postgresql.log", "line 1", pid, endMs * MS, MS, null, Statement.of(sql), null),
        durationMs * MS,
        plan);
  }

  private static List<String> ids(Diagnosis diagnosis) {
    return diagnosis.findings().stream().map(Finding::id).toList();
  }
}

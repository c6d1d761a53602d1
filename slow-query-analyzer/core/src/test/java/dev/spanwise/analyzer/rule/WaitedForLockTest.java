package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.execution.LockWait;
import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.execution.StatementDuration;
import dev.spanwise.analyzer.execution.TemporaryFile;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitedForLockTest {

  private static final WaitedForLock RULE = new WaitedForLock();
  private static final long MS = 1_000_000;
  private static final Logged LOGGED =
      new Logged("postgresql.log", "line 7", 4711, 0, MS, null, null, null);

  @ParameterizedTest
  @ValueSource(strings = {"fires", "fires.text", "fires-18.text"})
  void firesForAWriteThatTookLongForOneRow(String recorded) {
    Cause cause = RulePlans.onlyCause(examine(recorded));
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "accounts"));
    assertThat(cause.explains()).containsExactly("/Plan");
    assertThat(cause.title())
        .matches(
            "The statement waited .* ms, most likely for rows of public.accounts that another transaction had locked");
    assertThat(RulePlans.step(cause).statement()).contains("lock_timeout", "SKIP LOCKED", "NOWAIT");
  }

  @Test
  void firesForRowsThatAreOnlyLocked() {
    Cause cause = RulePlans.onlyCause(examine("fires-lock-rows"));
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "accounts"));
    assertThat(cause.explanation()).startsWith("Locking rows took");
  }

  @Test
  void firesForTheRowThatAForeignKeyRefersTo() {
    Cause cause = RulePlans.onlyCause(examine("fires-foreign-key"));
    assertThat(cause.title())
        .matches("The insert into public.limits waited .* ms for the row that it refers to");
    assertThat(cause.explains()).containsExactly("/Triggers/0");
  }

  @Test
  void isClearWhereTheRowsTakeTheTime() {
    assertThat(examine("clear")).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWithoutExecution() {
    assertThat(RulePlans.missing(examine("inconclusive")))
        .startsWith("time of writing and locking rows");
  }

  @ParameterizedTest
  @CsvSource({
    // own time, rows of a tenth of a millisecond, blocks of a fiftieth, time in triggers
    "110, 100, 0, 0, true",
    "109.9, 100, 0, 0, false",
    "102.4, 2, 105, 0, true",
    "102.4, 2, 115, 0, false",
    "200.2, 1, 0, 100, true",
    "200.2, 1, 0, 101, false",
    "200, 0, 0, 0, false"
  })
  void aWaitIsWhatRowsBlocksAndTriggersDoNotExplain(
      double ownMs, long rows, long blocks, double triggerMs, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Update on public.a  (cost=0.00..10.00 rows=0 width=0) (actual time=0.000..%s rows=0 loops=1)
              Buffers: shared hit=%d
              ->  Seq Scan on public.a  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..0.000 rows=%d loops=1)
            Trigger audit: time=%s calls=1
            Execution Time: 300.000 ms
            """
                .formatted(ownMs, blocks, rows, triggerMs));
    assertThat(RulePlans.examine(RULE, plan))
        .isInstanceOf(fires ? Verdict.Found.class : Verdict.Clear.class);
  }

  @ParameterizedTest
  @CsvSource({
    // own time, rows, what was counted or timed of reads
    "3760, 1, , true",
    "3740, 1, , false",
    "3890, 31, , true",
    "3870, 31, , false",
    "5000, 1000, , false",
    "5000, 50, shared read=390, true",
    "5000, 50, shared read=410, false",
    "5000, 50, shared read=5000, false",
    "5000, 50, 'shared read=5000\n  I/O Timings: shared read=3800.000', true",
    "5000, 50, 'shared read=5000\n  I/O Timings: shared read=4000.000', false"
  })
  void readsThatWereNotCountedOrTimedMayHaveTakenTheTime(
      double ownMs, long rows, @Nullable String buffers, boolean fires) {
    Plan plan = update("Update", "", ownMs, rows, buffers);
    Verdict verdict = RulePlans.examine(RULE, plan);
    assertThat(verdict instanceof Verdict.Found).isEqualTo(fires);
    boolean timed = buffers != null && buffers.contains("Timings");
    assertThat(verdict instanceof Verdict.Inconclusive).isEqualTo(!fires && !timed);
  }

  @ParameterizedTest
  @CsvSource({
    // a text of two megabytes in a trigram index, and what is too long for that
    "341, 3549, false",
    "1500, 3549, false",
    "30000, 3549, true",
    "200, 100, true",
    "150, 101, false"
  })
  void aRowOnManyBlocksMayBeALargeOne(double ownMs, long blocks, boolean fires) {
    Verdict verdict =
        RulePlans.examine(RULE, update("Update", "", ownMs, 1, "shared hit=" + blocks));
    if (fires) {
      assertThat(verdict).isInstanceOf(Verdict.Found.class);
    } else {
      assertThat(RulePlans.missing(verdict))
          .endsWith(
              "each row took %s blocks, as a large value in an index does"
                  .formatted(Wording.count((double) blocks)));
    }
  }

  @Test
  void lockingARowWritesNoLargeValue() {
    Plan plan =
        RulePlans.read(
            """
            LockRows  (cost=0.00..10.00 rows=1 width=6) (actual time=0.000..300.000 rows=1 loops=1)
              ->  Seq Scan on public.a  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..0.000 rows=1 loops=1)
            Execution Time: 300.000 ms
            """);
    assertThat(RulePlans.examine(RULE, plan)).isInstanceOf(Verdict.Found.class);
  }

  @Test
  void blocksThatWereNotCountedAreNotZero() {
    Cause cause =
        RulePlans.onlyCause(RulePlans.examine(RULE, update("Update", "", 5_000, 1, null)));
    assertThat(cause.explanation()).startsWith("Writing took 5.0 s for 1 row.");
    assertThat(cause.evidence()).extracting(Evidence::name).doesNotContain("blocks touched");
  }

  @ParameterizedTest
  @CsvSource({
    "Insert, '', false",
    "Insert, '  Conflict Resolution: NOTHING\n  Conflicting Tuples: 0\n', false",
    "Insert, '  Conflict Resolution: NOTHING\n  Conflicting Tuples: 1\n', true",
    "Insert, '  Conflict Resolution: UPDATE\n  Conflicting Tuples: 0\n', false",
    "Insert, '  Conflict Resolution: UPDATE\n  Conflicting Tuples: 1\n', true",
    "Merge, '  Tuples: inserted=1\n', false",
    "Merge, '  Tuples: inserted=1 updated=1\n', true",
    "Merge, '  Tuples: deleted=1\n', true"
  })
  void anInsertMeetsALockedRowOnlyWhereItConflicts(String operation, String counts, boolean fires) {
    Verdict verdict = RulePlans.examine(RULE, update(operation, counts, 5_000, 1, "shared hit=7"));
    if (fires) {
      assertThat(verdict).isInstanceOf(Verdict.Found.class);
    } else {
      assertThat(RulePlans.missing(verdict))
          .startsWith("whether writing 1 row waited for another transaction")
          .contains("an insert");
    }
  }

  private static Plan update(
      String operation, String conflict, double ownMs, long rows, @Nullable String buffers) {
    return RulePlans.read(
        """
        %s on public.a  (cost=0.00..10.00 rows=0 width=0) (actual time=0.000..%s rows=0 loops=1)
        %s%s  ->  Seq Scan on public.b  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..0.000 rows=%d loops=1)
        Execution Time: %s ms
        """
            .formatted(
                operation,
                ownMs,
                conflict,
                buffers == null ? "" : "  Buffers: " + buffers + "\n",
                rows,
                ownMs));
  }

  @ParameterizedTest
  @CsvSource({
    "Insert, RI_ConstraintTrigger_c_18455, true",
    "Update, RI_ConstraintTrigger_c_18455, true",
    "Insert, audit_limits, false",
    "Update, RI_ConstraintTrigger_a_18455, false"
  })
  void onlyTheCheckOfAForeignKeyWaitsForTheRowReferredTo(
      String operation, String trigger, boolean fires) {
    Verdict verdict = RulePlans.examine(RULE, checked(operation, trigger + " "));
    assertThat(verdict).isInstanceOf(fires ? Verdict.Found.class : Verdict.Clear.class);
  }

  @ParameterizedTest
  @CsvSource({"limits_account_fkey, true", "other_fkey, false"})
  void ofATriggerWithoutANameTheCatalogueTells(String key, boolean fires) {
    Catalogue catalogue =
        RuleCatalogues.of(
            RuleCatalogues.table("accounts", List.of()),
            RuleCatalogues.table(
                "limits", List.of(RuleCatalogues.foreignKey(key, "accounts", "account_id"))));
    assertThat(RulePlans.examine(RULE, checked("Update", ""), catalogue))
        .isInstanceOf(fires ? Verdict.Found.class : Verdict.Clear.class);
  }

  @Test
  void isInconclusiveForATriggerOfWhichNothingTells() {
    assertThat(RulePlans.missing(RulePlans.examine(RULE, checked("Insert", ""))))
        .isEqualTo(
            "whether the trigger of limits_account_fkey, which took 800 ms, waited for a row that is referred to: text output names the trigger with VERBOSE only");
  }

  private static Plan checked(String operation, String trigger) {
    return RulePlans.read(
        """
        %s on public.limits  (cost=0.00..10.00 rows=0 width=0) (actual time=0.000..1.000 rows=0 loops=1)
          ->  Seq Scan on public.limits  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..0.000 rows=1 loops=1)
        Trigger %sfor constraint limits_account_fkey: time=800.000 calls=1
        Execution Time: 900.000 ms
        """
            .formatted(operation, trigger));
  }

  @Test
  void allThatIsMissingIsSaid() {
    Plan plan =
        RulePlans.read(
            """
            Insert on public.limits  (cost=0.00..10.00 rows=0 width=0) (actual time=0.000..9000.000 rows=0 loops=1)
              Buffers: shared hit=7
              ->  Seq Scan on public.b  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..0.000 rows=1 loops=1)
            Trigger for constraint limits_account_fkey: time=4000.000 calls=1
            Execution Time: 13000.000 ms
            """);
    assertThat(RulePlans.missing(RulePlans.examine(RULE, plan)))
        .startsWith("whether writing 1 row waited for another transaction")
        .contains("; whether the trigger of limits_account_fkey, which took 4.0 s");
  }

  @Test
  void aForeignTableTakesItsTimeElsewhere() {
    Plan plan =
        RulePlans.read(
            """
            Update on public.a  (cost=0.00..10.00 rows=0 width=0) (actual time=0.000..900.000 rows=0 loops=1)
              Remote SQL: UPDATE public.a SET n = $2 WHERE ctid = $1
              ->  Foreign Scan on public.a  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..0.000 rows=1 loops=1)
            Execution Time: 900.000 ms
            """);
    assertThat(RulePlans.examine(RULE, plan)).isEqualTo(new Verdict.Clear());
  }

  @Test
  void aDeleteThatChecksForeignKeysMayHaveOtherReasons() {
    Plan plan =
        RulePlans.read(
            """
            Delete on public.a  (cost=0.00..10.00 rows=0 width=0) (actual time=0.000..1.000 rows=0 loops=1)
              ->  Seq Scan on public.a  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..0.000 rows=1 loops=1)
            Trigger for constraint b_a_fkey: time=800.000 calls=1
            Execution Time: 900.000 ms
            """);
    assertThat(RulePlans.examine(RULE, plan)).isEqualTo(new Verdict.Clear());
  }

  @Test
  void firesForACallWhoseWaitTheLogTellsOf() {
    CallVerdict.Found found =
        found(
            900,
            waited("AccessShareLock", "relation 16385 of database 5", 100, false, 12),
            waited("AccessShareLock", "relation 16385 of database 5", 890, true, 12));
    assertThat(found.title())
        .isEqualTo("The call waited 890 ms for a table that another transaction has locked");
    assertThat(found.lostMs()).isCloseTo(890, within(1e-9));
    assertThat(found.evidence())
        .contains(
            new Evidence(
                "lock",
                "AccessShareLock on relation 16385 of database 5",
                "1",
                "postgresql.log, line 7"),
            new Evidence("processes that held it", "12", "1", "postgresql.log, line 7"));
  }

  @Test
  void aWaitThatWasGivenUpCountsAsFarAsTheLogTells() {
    assertThat(found(1_500, waited("ShareLock", "transaction 743", 1_000, false, 12)).lostMs())
        .isCloseTo(1_000, within(1e-9));
  }

  @Test
  void severalWaitsAddUpToTheCallAtMost() {
    CallVerdict.Found found =
        found(
            900,
            waited("ShareLock", "transaction 743", 300, true, 12),
            waited("ShareLock", "transaction 744", 500, true, 13));
    assertThat(found.lostMs()).isCloseTo(800, within(1e-9));
    assertThat(found.title()).contains("a row that another transaction has locked or changed");
    assertThat(found(700, waited("ShareLock", "transaction 743", 900, true, 12)).lostMs())
        .isCloseTo(700, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"20, 100, true", "19.9, 100, false", "4.9, 5, false", "5, 5, true"})
  void theWaitHasToBeMuchOfTheCall(double waitedMs, double callMs, boolean fires) {
    assertThat(
            RULE.examine(call(callMs, waited("ShareLock", "transaction 743", waitedMs, true, 12))))
        .isInstanceOf(fires ? CallVerdict.Found.class : CallVerdict.Clear.class);
  }

  @ParameterizedTest
  @CsvSource({"100, 500, true", "99.9, 120, false", "100, 501, false"})
  void aLongParseIsAWaitThatWasTooShortToBeLogged(double parseMs, double callMs, boolean fires) {
    StatementDuration parse =
        new StatementDuration(LOGGED, StatementDuration.Step.PARSE, (long) (parseMs * MS));
    CallVerdict verdict = RULE.examine(new Call((long) (callMs * MS), null, List.of(parse)));
    assertThat(verdict).isInstanceOf(fires ? CallVerdict.Found.class : CallVerdict.Clear.class);
  }

  @ParameterizedTest
  @CsvSource({
    // parse, and the plan's blocks
    "400, 50, 51, false",
    "400, 51, 50, true",
    "1000, 200, 90000, false",
    "1001, 200, 90000, true"
  })
  void aParseOnAColdServerMayTakeASecond(long parseMs, int hit, int read, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.t  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..90.000 rows=0 loops=1)
              Buffers: shared hit=%s read=%s
            Execution Time: 100.000 ms
            """
                .formatted(hit, read));
    StatementDuration parse =
        new StatementDuration(LOGGED, StatementDuration.Step.PARSE, parseMs * MS);
    CallVerdict verdict =
        RULE.examine(new Call((parseMs + 500) * MS, PlanFacts.of(plan), List.of(parse)));
    assertThat(verdict).isInstanceOf(fires ? CallVerdict.Found.class : CallVerdict.Clear.class);
  }

  @Test
  void aCallWithoutAWaitIsClear() {
    Call call = new Call(900 * MS, null, List.of(new TemporaryFile(LOGGED, 1 << 20)));
    assertThat(RULE.examine(call)).isEqualTo(new CallVerdict.Clear());
  }

  private static CallVerdict.Found found(double callMs, LockWait... waits) {
    CallVerdict verdict = RULE.examine(call(callMs, waits));
    assertThat(verdict).isInstanceOf(CallVerdict.Found.class);
    return (CallVerdict.Found) verdict;
  }

  private static Call call(double callMs, LockWait... waits) {
    return new Call((long) (callMs * MS), null, List.of(waits));
  }

  private static LockWait waited(
      String mode, String target, double waitedMs, boolean acquired, int holder) {
    return new LockWait(LOGGED, mode, target, (long) (waitedMs * MS), acquired, List.of(holder));
  }

  private static Verdict examine(String recorded) {
    return RulePlans.examine(RULE, RulePlans.recorded("WaitedForLock", recorded));
  }
}

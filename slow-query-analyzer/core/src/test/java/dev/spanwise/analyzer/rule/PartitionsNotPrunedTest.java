package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Partitioning;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionsNotPrunedTest {

  private static final PlanRule RULE = new PartitionsNotPruned();

  @ParameterizedTest
  @ValueSource(strings = {"fires", "fires-18", "fires-parallel"})
  void firesWhereAFunctionHidesTheKey(String name) {
    Cause cause = RulePlans.onlyCause(examine(name));
    assertThat(cause.title()).isEqualTo("11 of 12 partitions of m are read for nothing");
    assertThat(cause.timeShare()).isBetween(0.3, 1.0);
    assertThat(step(cause).kind()).isEqualTo(Remedy.Kind.REWRITE_QUERY);
    assertThat(step(cause).statement())
        .isEqualTo(
            "Compare at itself with the range that is meant: at >= ? AND at < ? instead of date_trunc(?, at). Where it is the partition key, the planner then reads only the partitions that can hold it.");
  }

  @Test
  void knowsTheKeyFromTheCatalogue() {
    Plan plan = RulePlans.recorded("PartitionsNotPruned", "fires");
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, plan, partitionedBy("at")));
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "measurements"));
    assertThat(cause.title())
        .isEqualTo("11 of 12 partitions of public.measurements are read for nothing");
    assertThat(step(cause).statement())
        .endsWith("The planner then reads only the partitions that can hold it.");
    for (String name : List.of("fires", "fires-switched-off")) {
      assertThat(
              RulePlans.examine(
                  RULE, RulePlans.recorded("PartitionsNotPruned", name), partitionedBy("device")))
          .isEqualTo(new Verdict.Clear());
    }
  }

  private static Catalogue partitionedBy(String column) {
    List<Relation> relations = new ArrayList<>();
    relations.add(
        relation(
            "measurements", new Partitioning(Partitioning.Strategy.RANGE, List.of(column)), null));
    for (int month = 1; month <= 12; month++) {
      relations.add(
          relation(
              "measurements_2024_%02d".formatted(month),
              null,
              new RelationName("public", "measurements")));
    }
    return new Catalogue(150_000, relations, List.of());
  }

  private static Relation relation(
      String name, @Nullable Partitioning partitioning, @Nullable RelationName parent) {
    return new Relation(
        "public",
        name,
        parent == null ? Relation.Kind.PARTITIONED_TABLE : Relation.Kind.TABLE,
        null,
        8_192,
        List.of(),
        List.of(),
        null,
        List.of(),
        List.of(),
        partitioning,
        parent);
  }

  @Test
  void firesWhereACastHidesTheKey() {
    Cause cause = RulePlans.onlyCause(examine("fires-cast"));
    assertThat(cause.title()).isEqualTo("11 of 12 partitions of measurements are read for nothing");
    assertThat(step(cause).statement()).contains("instead of at::date.");
  }

  @Test
  void firesWherePruningIsSwitchedOff() {
    Cause cause = RulePlans.onlyCause(examine("fires-switched-off"));
    assertThat(step(cause).kind()).isEqualTo(Remedy.Kind.SET_PARAMETER);
    assertThat(step(cause).statement()).startsWith("SET LOCAL enable_partition_pruning = on;");
  }

  @Test
  void standsForTheFunctionOnEachPartition() {
    assertThat(PlanDiagnosis.of(RulePlans.recorded("PartitionsNotPruned", "fires"), null).causes())
        .extracting(Cause::rule)
        .containsExactly("PartitionsNotPruned");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"clear", "clear-no-key", "clear-function-of-another", "clear-pruned-at-start"})
  void isClearWhereNoPartitionCouldBeLeftOutOrAllWere(String name) {
    assertThat(examine(name)).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWithoutExecution() {
    assertThat(examine("inconclusive"))
        .isEqualTo(
            new Verdict.Inconclusive(
                "partitions without rows: the plan was not executed (EXPLAIN without ANALYZE)"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void partitionsWithNumbersInTheirNamesAreKnownByTheCatalogue(boolean known) {
    StringBuilder scans = new StringBuilder();
    List<Relation> tables = new ArrayList<>();
    tables.add(Tables.partition("scans", null));
    for (int i = 1; i <= 4; i++) {
      tables.add(
          Tables.partition("scans_" + i, known ? new RelationName("public", "scans") : null));
      scans.append(
          """
            ->  Seq Scan on public.scans_%1$d  (cost=0.00..10.00 rows=10 width=4) (actual time=0.010..20.000 rows=%2$d loops=1)
                  Filter: (date_trunc('day'::text, scans_%1$d.taken_at) = '2021-03-03'::date)
                  Rows Removed by Filter: 70000
          """
              .formatted(i, i == 3 ? 500 : 0));
    }
    Plan plan =
        RulePlans.read(
            "Append  (cost=0.00..90.00 rows=10 width=4) (actual time=0.010..81.000 rows=500 loops=1)\n"
                + scans
                + "Execution Time: 82.000 ms\n");
    Verdict verdict =
        RulePlans.examine(RULE, plan, Tables.catalogue(tables.toArray(new Relation[0])));
    assertThat(verdict instanceof Verdict.Found).isEqualTo(known);
  }

  @ParameterizedTest
  @CsvSource({
    // partitions without a row, with rows, ms of each without, of 100
    "3, 3, 10, true",
    "2, 1, 30, false",
    "3, 4, 10, false",
    "4, 1, 5, true",
    "4, 1, 4.9, false"
  })
  void firesFromItsBoundsOn(int barren, int fruitful, double ms, boolean fires) {
    StringBuilder plan =
        new StringBuilder(
            "Append  (cost=0.00..90.00 rows=1 width=4) (actual time=0.010..99.000 rows=9 loops=1)\n");
    for (int i = 1; i <= barren + fruitful; i++) {
      plan.append(scan("p" + i, "m_" + i, i <= barren ? ms : 1, i <= barren ? 0 : 9));
    }
    plan.append("Execution Time: 100.000 ms\n");
    assertThat(RulePlans.examine(RULE, RulePlans.read(plan.toString())) instanceof Verdict.Found)
        .isEqualTo(fires);
  }

  @Test
  void tablesOfAUnionAreNoPartitionsForTheNumbersInTheirNames() {
    Plan plan =
        RulePlans.read(
            "Append  (cost=0.00..90.00 rows=1 width=4) (actual time=0.010..99.000 rows=9 loops=1)\n"
                + scan("m_1", "m_1", 20, 0)
                + scan("m_2", "m_2", 20, 0)
                + scan("m_3", "m_3", 20, 0)
                + "Execution Time: 100.000 ms\n");
    assertThat(RulePlans.examine(RULE, plan)).isEqualTo(new Verdict.Clear());
  }

  private static String scan(String table, String alias, double ms, int rows) {
    return """
      ->  Seq Scan on public.%s%s  (cost=0.00..9.00 rows=1 width=4) (actual time=0.010..%.3f rows=%d loops=1)
            Filter: ((%s.at)::date = '2024-03-03'::date)
            Rows Removed by Filter: 10000
    """
        .formatted(table, alias.equals(table) ? "" : " " + alias, ms, rows, alias);
  }

  private static Remedy.Step step(Cause cause) {
    return (Remedy.Step) cause.remedy();
  }

  private static Verdict examine(String name) {
    return RulePlans.examine(RULE, RulePlans.recorded("PartitionsNotPruned", name));
  }
}

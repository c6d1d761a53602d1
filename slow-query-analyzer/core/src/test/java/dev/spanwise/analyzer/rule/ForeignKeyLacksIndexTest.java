package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.ForeignKey;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Plan;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignKeyLacksIndexTest {

  private static final ForeignKeyLacksIndex RULE = new ForeignKeyLacksIndex();
  private static final Catalogue WITHOUT_INDEX = lines();
  private static final Catalogue WITH_INDEX =
      lines(RuleCatalogues.btree("order_lines_order_idx", "order_id"));

  @Test
  void firesWhereADeleteSpendsItsTimeInTheTriggersOfAKeyWithoutIndex() {
    Cause cause = RulePlans.onlyCause(examine("fires", WITHOUT_INDEX));
    assertThat(cause.rule()).isEqualTo("ForeignKeyLacksIndex");
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "order_lines"));
    assertThat(cause.title())
        .isEqualTo(
            "Each row removed from public.orders makes PostgreSQL search all of public.order_lines");
    assertThat(cause.timeShare()).isCloseTo(284.989 / 285.294, within(1e-9));
    assertThat(cause.evidence())
        .containsExactly(
            new Evidence("time to search by order_id", 284.989, "ms", "/Triggers/0/Time"),
            new Evidence("searches by order_id", 20.0, "{call}", "/Triggers/0/Calls"),
            new Evidence("share of the execution time", 0.9989, "1", "/Triggers"));
    assertThat(RuleCatalogues.step(cause.remedy()))
        .isEqualTo("CREATE INDEX CONCURRENTLY ON public.order_lines (order_id)");
  }

  @Test
  void firesForALoggedPlanThatHasItsTriggersButNoExecutionTime() {
    RecordedExecution logged = RecordedExecution.of("ForeignKeyLacksIndex", "fires-logged");
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, logged.plan(), WITHOUT_INDEX));
    assertThat(cause.timeShare()).isGreaterThan(0.99);
  }

  @Test
  void readsTextOutputWhichLeavesTheTriggersNameOut() {
    Plan plan =
        RulePlans.read(
            """
            Delete on public.orders  (cost=0.29..8.69 rows=0 width=0) (actual time=0.178..0.178 rows=0 loops=1)
              ->  Index Scan using orders_pkey on public.orders  (cost=0.29..8.69 rows=20 width=6) (actual time=0.042..0.045 rows=20 loops=1)
            Planning Time: 0.352 ms
            Trigger for constraint order_lines_order_fkey: time=284.989 calls=20
            Execution Time: 285.294 ms
            """);
    assertThat(RulePlans.onlyCause(RulePlans.examine(RULE, plan, WITHOUT_INDEX)).relation())
        .isEqualTo(new RelationName("public", "order_lines"));
  }

  @Test
  void twoKeysOfOneTableAreOneCauseWithAnIndexForEach() {
    Plan plan =
        RulePlans.read(
            """
            Delete on public.orders  (cost=0.29..8.69 rows=0 width=0) (actual time=0.178..0.178 rows=0 loops=1)
              ->  Index Scan using orders_pkey on public.orders  (cost=0.29..8.69 rows=20 width=6) (actual time=0.042..0.045 rows=20 loops=1)
            Trigger for constraint lines_sold_fkey: time=40.000 calls=20
            Trigger for constraint lines_returned_fkey: time=50.000 calls=20
            Execution Time: 100.000 ms
            """);
    Catalogue catalogue =
        RuleCatalogues.of(
            RuleCatalogues.table("orders", List.of()),
            RuleCatalogues.table(
                "lines",
                List.of(
                    RuleCatalogues.foreignKey("lines_sold_fkey", "orders", "sold_in"),
                    RuleCatalogues.foreignKey("lines_returned_fkey", "orders", "returned_in"))));
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, plan, catalogue));
    assertThat(cause.timeShare()).isCloseTo(0.9, within(1e-9));
    assertThat(RuleCatalogues.step(cause.remedy()))
        .isEqualTo(
            "CREATE INDEX CONCURRENTLY ON public.lines (sold_in); CREATE INDEX CONCURRENTLY ON public.lines (returned_in)");
  }

  @ParameterizedTest
  @CsvSource({"150, true", "90, false"})
  void thePartitionsOfTheReferencedTableSearchByOneKey(double ms, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Delete on orders  (cost=0.28..10.28 rows=0 width=0) (actual time=0.149..0.150 rows=0 loops=1)
              Delete on orders_1_1 orders_2
              Delete on orders_1_2 orders_3
              ->  Append  (cost=0.28..10.28 rows=100 width=10) (actual time=0.020..0.031 rows=100 loops=1)
                    ->  Seq Scan on orders_1_1 orders_2  (cost=0.28..10.28 rows=50 width=10) (actual time=0.020..0.031 rows=50 loops=1)
                    ->  Seq Scan on orders_1_2 orders_3  (cost=0.28..10.28 rows=50 width=10) (actual time=0.020..0.031 rows=50 loops=1)
            Trigger for constraint items_fkey1 on orders_1_1: time=%1$s calls=50
            Trigger for constraint items_fkey2 on orders_1_2: time=%1$s calls=50
            Execution Time: 1000.000 ms
            """
                .formatted(ms));
    Verdict verdict = RulePlans.examine(RULE, plan, partitioned());
    if (fires) {
      Cause cause = RulePlans.onlyCause(verdict);
      assertThat(cause.title())
          .isEqualTo(
              "Each row removed from public.orders makes PostgreSQL search all of public.items");
      assertThat(cause.evidence())
          .contains(
              new Evidence("time to search by order_id", 300.0, "ms", "/Triggers"),
              new Evidence("searches by order_id", 100.0, "{call}", "/Triggers"));
      assertThat(RuleCatalogues.step(cause.remedy()))
          .isEqualTo("CREATE INDEX CONCURRENTLY ON public.items (order_id)");
    } else {
      assertThat(verdict).isEqualTo(new Verdict.Clear());
    }
  }

  @Test
  void aKeyOfThePartitionedTableIsOneOfItsPartitionsToo() {
    Plan plan =
        RulePlans.read(
            """
            Delete on orders_1_1  (cost=0.28..10.28 rows=0 width=0) (actual time=0.149..0.150 rows=0 loops=1)
              ->  Seq Scan on orders_1_1  (cost=0.28..10.28 rows=50 width=10) (actual time=0.020..0.031 rows=50 loops=1)
            """);
    assertThat(missing(RulePlans.examine(RULE, plan, partitioned())))
        .isEqualTo(
            "time in the triggers of foreign keys that point to orders_1_1 (auto_explain.log_triggers)");
  }

  private static Catalogue partitioned() {
    Relation items =
        RuleCatalogues.table(
            "items",
            List.of(
                new ForeignKey(
                    "items_fkey",
                    List.of("order_id"),
                    new RelationName("public", "orders"),
                    Set.of("items_fkey1", "items_fkey2"))));
    return RuleCatalogues.of(
        partition("orders", Relation.Kind.PARTITIONED_TABLE, null),
        partition("orders_1", Relation.Kind.PARTITIONED_TABLE, "orders"),
        partition("orders_1_1", Relation.Kind.TABLE, "orders_1"),
        partition("orders_1_2", Relation.Kind.TABLE, "orders_1"),
        items);
  }

  private static Relation partition(String name, Relation.Kind kind, @Nullable String parent) {
    return new Relation(
        "public",
        name,
        kind,
        100.0,
        RuleCatalogues.LARGE,
        List.of(),
        List.of(),
        null,
        List.of(),
        List.of(),
        null,
        parent == null ? null : new RelationName("public", parent));
  }

  @Test
  void isClearWhereAnIndexFindsTheRows() {
    assertThat(examine("clear", WITH_INDEX)).isEqualTo(new Verdict.Clear());
    assertThat(examine("fires", WITH_INDEX)).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isClearForATableThatNoKeyPointsTo() {
    assertThat(examine("clear-kept", WITHOUT_INDEX)).isEqualTo(new Verdict.Clear());
  }

  @ParameterizedTest
  @CsvSource({"20.0, true", "19.9, false"})
  void firesFromItsShareOfTheTimeOn(double ms, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Delete on public.orders  (cost=0.29..8.69 rows=0 width=0) (actual time=80.0..80.0 rows=0 loops=1)
              ->  Index Scan using orders_pkey on public.orders  (cost=0.29..8.69 rows=20 width=6) (actual time=0.042..0.045 rows=20 loops=1)
            Trigger for constraint order_lines_order_fkey: time=%.1f calls=20
            Execution Time: 100.0 ms
            """
                .formatted(ms));
    assertThat(RulePlans.examine(RULE, plan, WITHOUT_INDEX) instanceof Verdict.Found)
        .isEqualTo(fires);
  }

  @Test
  void firesWithoutACatalogueWhereNoSearchByIndexTakesSoLong() {
    Cause cause = RulePlans.onlyCause(examine("fires", null));
    assertThat(cause.relation()).isNull();
    assertThat(cause.title())
        .isEqualTo(
            "Each removed row makes the foreign key order_lines_order_fkey search for 14 ms");
    assertThat(cause.timeShare()).isCloseTo(284.989 / 285.294, within(1e-9));
    assertThat(RuleCatalogues.step(cause.remedy()))
        .startsWith("SELECT contype, ")
        .contains("WHERE conname = 'order_lines_order_fkey'");
  }

  @ParameterizedTest
  @CsvSource({"100.0, true", "99.9, false"})
  void withoutACatalogueAndWithQuickSearchesItIsInconclusive(double ms, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Delete on public.orders  (cost=0.29..8.69 rows=0 width=0) (actual time=0.178..0.178 rows=0 loops=1)
              ->  Index Scan using orders_pkey on public.orders  (cost=0.29..8.69 rows=20 width=6) (actual time=0.042..0.045 rows=20 loops=1)
            Trigger for constraint order_lines_order_fkey: time=%.1f calls=20
            Execution Time: 101.0 ms
            """
                .formatted(ms));
    Verdict verdict = RulePlans.examine(RULE, plan, null);
    if (fires) {
      assertThat(verdict).isInstanceOf(Verdict.Found.class);
      assertThat(RulePlans.onlyCause(verdict).title())
          .isEqualTo(
              "Each removed row makes the constraint order_lines_order_fkey, if it is a foreign key, search for 5.0 ms");
    } else {
      assertThat(missing(verdict))
          .isEqualTo(
              "whether an index finds the rows that the foreign key order_lines_order_fkey searches: no database was named");
    }
  }

  @Test
  void anUpdateMayWaitForTheRowThatItRefersToInstead() {
    assertThat(missing(RulePlans.examine(RULE, updateOfLines("", ""), null)))
        .contains("order_lines_order_fkey");
    assertThat(RulePlans.examine(RULE, updateOfLines("", ""), WITHOUT_INDEX))
        .isEqualTo(new Verdict.Clear());
    assertThat(
            RulePlans.examine(
                RULE, updateOfLines("RI_ConstraintTrigger_c_7 ", " on order_lines"), null))
        .isEqualTo(new Verdict.Clear());
  }

  @Test
  void aTableThatReferencesItselfIsSearched() {
    Catalogue catalogue =
        RuleCatalogues.of(
            RuleCatalogues.table(
                "order_lines",
                List.of(
                    RuleCatalogues.foreignKey(
                        "order_lines_order_fkey", "order_lines", "order_id"))));
    assertThat(RulePlans.examine(RULE, updateOfLines("", ""), catalogue))
        .isInstanceOf(Verdict.Found.class);
  }

  private static Plan updateOfLines(String trigger, String table) {
    return RulePlans.read(
        """
        Update on public.order_lines  (cost=0.29..8.69 rows=0 width=0) (actual time=0.178..0.178 rows=0 loops=1)
          ->  Index Scan using order_lines_pkey on public.order_lines  (cost=0.29..8.69 rows=1 width=6) (actual time=0.042..0.045 rows=1 loops=1)
        Trigger %sfor constraint order_lines_order_fkey%s: time=3000.000 calls=1
        Execution Time: 3001.000 ms
        """
            .formatted(trigger, table));
  }

  @Test
  void isInconclusiveWhereTheTriggersTimeWasNotMeasuredOrLogged() {
    assertThat(missing(examine("inconclusive-timing", WITHOUT_INDEX)))
        .isEqualTo("time in the triggers of foreign keys: TIMING was off");
    RecordedExecution logged = RecordedExecution.of("ForeignKeyLacksIndex", "inconclusive-logged");
    assertThat(missing(RulePlans.examine(RULE, logged.plan(), WITHOUT_INDEX)))
        .isEqualTo(
            "time in the triggers of foreign keys that point to orders (auto_explain.log_triggers)");
    assertThat(RulePlans.examine(RULE, logged.plan(), WITH_INDEX)).isEqualTo(new Verdict.Clear());
  }

  @Test
  void ofACatalogueAloneItFiresWhereRowsAreDeletedFromTheReferencedTable() {
    CatalogueCause cause = RuleCatalogues.onlyCause(RULE.examine(WITHOUT_INDEX));
    assertThat(cause.title())
        .isEqualTo(
            "No index leads to the rows of public.order_lines that point to a row of public.orders");
    assertThat(cause.evidence()).extracting(Evidence::value).contains(300_000L, 5_000L);
    assertThat(RULE.examine(WITH_INDEX)).isEqualTo(new CatalogueVerdict.Clear());
  }

  @ParameterizedTest
  @CsvSource({"10000, 1, true", "9999, 1, false", "10000, 0, false"})
  void aSmallTableAndOneThatLosesNoRowsAreLeftAlone(double rows, long deletedRows, boolean fires) {
    Catalogue catalogue =
        RuleCatalogues.of(RuleCatalogues.table("orders", 100, deletedRows, List.of()), lines(rows));
    assertThat(RULE.examine(catalogue) instanceof CatalogueVerdict.Found).isEqualTo(fires);
  }

  @Test
  void theColumnsOfAKeyMayComeInAnyOrderAndBeFollowedByOthers() {
    assertThat(fires(RuleCatalogues.btree("i", "tenant_id", "order_id", "at"))).isFalse();
    assertThat(fires(RuleCatalogues.btree("i", "at", "order_id", "tenant_id"))).isTrue();
  }

  @Test
  void anIndexThatLacksOnlyRowsWithoutAKeyServes() {
    assertThat(fires(partial("(order_id IS NOT NULL)"))).isFalse();
    assertThat(fires(partial("(open)"))).isTrue();
  }

  private static Index partial(String predicate) {
    return new Index(
        "i",
        "btree",
        RuleCatalogues.keys("order_id", "tenant_id"),
        List.of(),
        predicate,
        false,
        true,
        0,
        RuleCatalogues.LARGE);
  }

  /** Whether the rule fires for a key of two columns with this index. */
  private static boolean fires(Index index) {
    Relation lines =
        RuleCatalogues.table(
            "order_lines",
            List.of(RuleCatalogues.foreignKey("fk", "orders", "order_id", "tenant_id")),
            index);
    return RULE.examine(RuleCatalogues.of(RuleCatalogues.table("orders", List.of()), lines))
        instanceof CatalogueVerdict.Found;
  }

  private static Relation lines(double rows, Index... indexes) {
    return RuleCatalogues.table(
        "order_lines",
        rows,
        0,
        List.of(RuleCatalogues.foreignKey("order_lines_order_fkey", "orders", "order_id")),
        indexes);
  }

  private static Catalogue lines(Index... indexes) {
    return RuleCatalogues.of(RuleCatalogues.table("orders", List.of()), lines(300_000, indexes));
  }

  private static String missing(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
    return ((Verdict.Inconclusive) verdict).missing();
  }

  private static Verdict examine(String name, @Nullable Catalogue catalogue) {
    return RulePlans.examine(RULE, RulePlans.recorded("ForeignKeyLacksIndex", name), catalogue);
  }
}

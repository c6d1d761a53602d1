package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexIsInvalidTest {

  private static final IndexIsInvalid RULE = new IndexIsInvalid();
  private static final Index.State BUILDING =
      new Index.State(null, false, false, false, false, false, true, null);

  @Test
  void firesForAnIndexThatNoQueryMayUse() {
    CatalogueCause cause =
        RuleCatalogues.onlyCause(RULE.examine(quotes(invalid("quotes_at_idx", Index.ORDINARY))));
    assertThat(cause.title()).isEqualTo("The index quotes_at_idx on public.quotes is invalid");
    assertThat(cause.evidence())
        .contains(new Evidence("size", RuleCatalogues.LARGE, "By", "pg_relation_size"));
    assertThat(RuleCatalogues.step(cause.remedy()))
        .isEqualTo("DROP INDEX CONCURRENTLY public.quotes_at_idx");
  }

  @Test
  void onAPartitionedTableThePartsAreMissing() {
    Relation parted =
        new Relation(
            "public",
            "parted",
            Relation.Kind.PARTITIONED_TABLE,
            null,
            0,
            List.of(),
            List.of(invalid("parted_at_idx", Index.ORDINARY)),
            null);
    CatalogueCause cause = RuleCatalogues.onlyCause(RULE.examine(RuleCatalogues.of(parted)));
    assertThat(RuleCatalogues.step(cause.remedy()))
        .contains("ALTER INDEX public.parted_at_idx ATTACH PARTITION");
  }

  @Test
  void behindASlowScanItIsTheCauseAndNotThatThereIsNoIndex() {
    Plan plan = RulePlans.recorded("SeqScanDiscardsMostRows", "fires");
    PlanDiagnosis diagnosis = PlanDiagnosis.of(plan, trades("account_id", Index.ORDINARY));
    assertThat(diagnosis.causes())
        .singleElement()
        .satisfies(
            cause -> {
              assertThat(cause.rule()).isEqualTo("IndexIsInvalid");
              assertThat(cause.title())
                  .isEqualTo(
                      "The index trades_idx would find these rows of public.trades, but it is invalid");
              assertThat(RuleCatalogues.step(cause.remedy()))
                  .isEqualTo("REINDEX INDEX CONCURRENTLY public.trades_idx");
              assertThat(RulePlans.evidence(cause.evidence(), "rows thrown away"))
                  .isEqualTo(299_850L);
            });
  }

  @Test
  void isNotTheCauseWhereItBeginsWithAnotherColumnOrIsStillBuilt() {
    Plan plan = RulePlans.recorded("SeqScanDiscardsMostRows", "fires");
    assertThat(RulePlans.examine(RULE, plan, trades("symbol", Index.ORDINARY)))
        .isEqualTo(new Verdict.Clear());
    assertThat(RulePlans.examine(RULE, plan, trades("account_id", BUILDING)))
        .isEqualTo(new Verdict.Clear());
    assertThat(RulePlans.examine(RULE, plan, null)).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isNotTheCauseBesideAValidIndexThatBeginsWithTheSameColumn() {
    Plan plan = RulePlans.recorded("SeqScanDiscardsMostRows", "fires");
    Index broken = invalid("broken", "account_id", Index.ORDINARY);
    assertThat(fires(plan, broken)).isTrue();
    assertThat(fires(plan, broken, RuleCatalogues.btree("i", "account_id", "at"))).isFalse();
    assertThat(fires(plan, broken, RuleCatalogues.btree("i", "at", "account_id"))).isTrue();
    assertThat(
            fires(
                plan,
                broken,
                new Index("i", "btree", broken.keys(), List.of(), "(open)", false, true, 0, 1)))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"trades_idx_ccnew, false", "trades_idx_ccold1, false", "trades_ccnew_idx, true"})
  void whatReindexLeftStandsBesideTheIndexThatItWasFor(String name, boolean fires) {
    Plan plan = RulePlans.recorded("SeqScanDiscardsMostRows", "fires");
    assertThat(fires(plan, invalid(name, "account_id", Index.ORDINARY))).isEqualTo(fires);
  }

  @ParameterizedTest
  @CsvSource({"trades.account_id = $1, true", "trades.account_id = trades.owner_id, false"})
  void onlyAValueThatIsKnownBeforeTheScanIsSearched(String filter, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.trades  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..90.000 rows=1 loops=1)
              Filter: (%s)
              Rows Removed by Filter: 300000
            Execution Time: 90.000 ms
            """
                .formatted(filter));
    assertThat(fires(plan, invalid("trades_idx", "account_id", Index.ORDINARY))).isEqualTo(fires);
  }

  private static boolean fires(Plan plan, Index... indexes) {
    return RulePlans.examine(
            RULE, plan, RuleCatalogues.of(RuleCatalogues.table("trades", List.of(), indexes)))
        instanceof Verdict.Found;
  }

  private static Catalogue trades(String column, Index.State state) {
    return RuleCatalogues.of(
        RuleCatalogues.table("trades", List.of(), invalid("trades_idx", column, state)));
  }

  @Test
  void isClearWhereAllAreValid() {
    assertThat(RULE.examine(quotes(RuleCatalogues.btree("i", "at"))))
        .isEqualTo(new CatalogueVerdict.Clear());
  }

  @Test
  void isInconclusiveWhileItMayBeBuilt() {
    assertThat(RULE.examine(quotes(invalid("quotes_at_idx", BUILDING))))
        .isEqualTo(
            new CatalogueVerdict.Inconclusive(
                "whether public.quotes_at_idx is being built: no query may use it, and its table is locked as a concurrent build locks it"));
  }

  private static Catalogue quotes(Index index) {
    return RuleCatalogues.of(RuleCatalogues.table("quotes", List.of(), index));
  }

  private static Index invalid(String name, Index.State state) {
    return invalid(name, "at", state);
  }

  private static Index invalid(String name, String column, Index.State state) {
    return new Index(
        name,
        "btree",
        RuleCatalogues.keys(column),
        List.of(),
        null,
        false,
        false,
        0,
        RuleCatalogues.LARGE,
        state);
  }
}

package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Activity;
import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Counters;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexIsUnusedTest {

  private static final CatalogueRule RULE = new IndexIsUnused();
  private static final Index UNUSED = RuleCatalogues.btree("quotes_at_idx", "at");

  @Test
  void firesForAnIndexWithoutAScanForWeeks() {
    CatalogueCause cause = RuleCatalogues.onlyCause(RULE.examine(quotes(UNUSED)));
    assertThat(cause.title())
        .isEqualTo("The index quotes_at_idx on public.quotes has not been scanned for 100 days");
    assertThat(cause.explanation()).contains("no standby streams from this server now");
    assertThat(RulePlans.evidence(cause.evidence(), "scans")).isEqualTo(0.0);
    assertThat(RulePlans.evidence(cause.evidence(), "counted since"))
        .isEqualTo("2025-11-21T12:00:00Z");
    assertThat(RuleCatalogues.step(cause.remedy()))
        .isEqualTo("DROP INDEX CONCURRENTLY public.quotes_at_idx");
  }

  @Test
  void saysThatTheStandbysScansAreNotSeen() {
    Catalogue catalogue =
        new Catalogue(
            180_000,
            quotes(UNUSED).relations(),
            new Counters(
                RuleCatalogues.READ_AT,
                RuleCatalogues.READ_AT.minus(Duration.ofDays(90)),
                false,
                2),
            Map.of(),
            List.of());
    assertThat(RuleCatalogues.onlyCause(RULE.examine(catalogue)).explanation())
        .contains("look at the 2 that stream from this server before it is dropped");
  }

  @ParameterizedTest
  @CsvSource({"35, true", "34, false"})
  void weeksMustHavePassedSinceTheCountersBegan(long days, boolean fires) {
    CatalogueVerdict verdict =
        RULE.examine(
            RuleCatalogues.counting(
                Duration.ofDays(days), RuleCatalogues.table("quotes", List.of(), UNUSED)));
    assertThat(verdict instanceof CatalogueVerdict.Found).isEqualTo(fires);
    assertThat(verdict instanceof CatalogueVerdict.Inconclusive).isEqualTo(!fires);
  }

  @Test
  void isInconclusiveWhereTheCountersBeginningIsNotKnown() {
    assertThat(
            RULE.examine(
                RuleCatalogues.counting(null, RuleCatalogues.table("quotes", List.of(), UNUSED))))
        .isEqualTo(
            new CatalogueVerdict.Inconclusive(
                "whether the index without a scan is needed: since when scans are counted is not known"));
  }

  @Test
  void isClearForAnIndexThatIsScanned() {
    assertClear(RuleCatalogues.index("i", false, 1, Index.ORDINARY, "at"));
  }

  @Test
  void isClearForWhatIsNeededBesidesSearches() {
    assertClear(RuleCatalogues.index("i", true, 0, Index.ORDINARY, "at"));
    assertClear(state(new Index.State("key", false, false, false, false, false, false, null)));
    assertClear(state(new Index.State(null, false, false, true, false, false, false, null)));
    assertClear(state(new Index.State(null, false, false, false, true, false, false, null)));
    assertClear(state(new Index.State(null, false, false, false, false, true, false, null)));
    assertClear(
        new Index(
            "i",
            "btree",
            List.of(new Index.Key(null, "lower(symbol)", false, false, null)),
            List.of(),
            null,
            false,
            true,
            0,
            RuleCatalogues.LARGE));
  }

  @Test
  void isClearForAForeignKeysIndex() {
    assertThat(
            RULE.examine(
                RuleCatalogues.of(
                    RuleCatalogues.table(
                        "quotes", List.of(RuleCatalogues.foreignKey("fk", "days", "at")), UNUSED))))
        .isEqualTo(new CatalogueVerdict.Clear());
  }

  @Test
  void isClearForOneThatIsYoungSmallOrOnATableThatIsNotRead() {
    assertClear(
        state(
            new Index.State(
                null,
                false,
                false,
                false,
                false,
                false,
                false,
                RuleCatalogues.READ_AT.minus(Duration.ofDays(34)))));
    assertClear(
        new Index("i", "btree", UNUSED.keys(), List.of(), null, false, true, 0, (1L << 20) - 1));
    Relation unread =
        new Relation(
            "public",
            "quotes",
            Relation.Kind.TABLE,
            300_000.0,
            RuleCatalogues.LARGE,
            List.of(),
            List.of(UNUSED),
            new Activity(300_000, 0, 0, 0, 0, 999, null, null),
            List.of(),
            List.of(),
            null,
            null);
    assertThat(RULE.examine(RuleCatalogues.of(unread))).isEqualTo(new CatalogueVerdict.Clear());
  }

  private static Index state(Index.State state) {
    return RuleCatalogues.index("i", false, 0, state, "at");
  }

  private static void assertClear(Index index) {
    assertThat(RULE.examine(quotes(index))).isEqualTo(new CatalogueVerdict.Clear());
  }

  private static Catalogue quotes(Index index) {
    return RuleCatalogues.of(RuleCatalogues.table("quotes", List.of(), index));
  }
}

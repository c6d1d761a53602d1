package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Index;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexIsDuplicateTest {

  private static final CatalogueRule RULE = new IndexIsDuplicate();
  private static final Index.State PRIMARY_KEY =
      new Index.State("quotes_pkey", false, false, true, false, false, false, null);
  private static final Index.State CONSTRAINT =
      new Index.State("quotes_id_key", false, false, false, false, false, false, null);
  private static final Index.State ATTACHED =
      new Index.State(null, false, false, false, false, true, false, null);

  @Test
  void firesForTheLessUsedOfTwoThatAreTheSame() {
    CatalogueCause cause =
        only(
            RuleCatalogues.index("old", false, 9, Index.ORDINARY, "symbol"),
            RuleCatalogues.index("young", false, 3, Index.ORDINARY, "symbol"));
    assertThat(cause.title()).isEqualTo("The index young on public.quotes does what old does");
    assertThat(RuleCatalogues.step(cause.remedy()))
        .isEqualTo("DROP INDEX CONCURRENTLY public.young");
    assertThat(RulePlans.evidence(cause.evidence(), "done by")).isEqualTo("old");
    assertThat(RulePlans.evidence(cause.evidence(), "scans of it")).isEqualTo(3.0);
  }

  @Test
  void firesForTheBeginningOfALongerOne() {
    CatalogueCause cause =
        only(
            RuleCatalogues.index("short", false, 9, Index.ORDINARY, "symbol"),
            RuleCatalogues.index("long", false, 1, Index.ORDINARY, "symbol", "at"));
    assertThat(cause.title())
        .isEqualTo("The index short on public.quotes is the beginning of long");
  }

  @Test
  void whatIsAdvisedToBeDroppedAsUnusedKeepsNothing() {
    Index used = RuleCatalogues.index("short", false, 1_000_000, Index.ORDINARY, "symbol");
    Index unused = RuleCatalogues.index("long", false, 0, Index.ORDINARY, "symbol", "at");
    Index third = RuleCatalogues.index("third", false, 1, Index.ORDINARY, "symbol", "price");
    assertClear(used, unused);
    assertThat(RulePlans.evidence(only(used, unused, third).evidence(), "done by"))
        .isEqualTo("third");
  }

  @ParameterizedTest
  @CsvSource({"35, false", "34, true"})
  void anIndexWithoutAScanServesUntilWeeksHaveBeenCounted(long days, boolean fires) {
    CatalogueVerdict verdict =
        RULE.examine(
            RuleCatalogues.counting(
                Duration.ofDays(days),
                RuleCatalogues.table(
                    "quotes",
                    List.of(),
                    RuleCatalogues.index("short", false, 9, Index.ORDINARY, "symbol"),
                    RuleCatalogues.index("long", false, 0, Index.ORDINARY, "symbol", "at"))));
    assertThat(verdict instanceof CatalogueVerdict.Found).isEqualTo(fires);
  }

  @Test
  void anIndexReadBackwardsIsTheSame() {
    Index backward =
        btree("backward", List.of(new Index.Key("at", null, true, true, null)), List.of(), null);
    assertThat(only(scanned("at_idx", "at"), backward).object()).isEqualTo("backward");
  }

  @Test
  void whatAConstraintNeedsIsKept() {
    assertThat(
            only(
                    RuleCatalogues.index("quotes_pkey", true, 0, PRIMARY_KEY, "id"),
                    RuleCatalogues.index("id_idx", false, 99, Index.ORDINARY, "id", "at"),
                    RuleCatalogues.index("mine", false, 99, Index.ORDINARY, "id"))
                .object())
        .isEqualTo("mine");
  }

  @Test
  void ofTwoConstraintsOnOneKeyThePrimaryKeyIsKept() {
    CatalogueCause cause =
        only(
            RuleCatalogues.index("quotes_id_key", true, 99, CONSTRAINT, "id"),
            RuleCatalogues.index("quotes_pkey", true, 0, PRIMARY_KEY, "id"));
    assertThat(RuleCatalogues.step(cause.remedy()))
        .isEqualTo("ALTER TABLE public.quotes DROP CONSTRAINT quotes_id_key");
  }

  @Test
  void theStricterOfTwoUniqueOnesIsKept() {
    Index plain = RuleCatalogues.index("plain", true, 99, CONSTRAINT, "id");
    Index oneNull =
        RuleCatalogues.index("one_null", true, 3, strict("one_null", true, false), "id");
    Index late = RuleCatalogues.index("late", true, 100, strict("late", false, true), "id");
    assertThat(only(plain, oneNull).object()).isEqualTo("plain");
    assertThat(only(plain, late).object()).isEqualTo("late");
    assertClear(plain, RuleCatalogues.index("i", true, 3, strict(null, true, false), "id"));
    assertClear(plain, RuleCatalogues.index("i", true, 3, strict("both", true, true), "id"));
  }

  private static Index.State strict(
      @Nullable String constraint, boolean nullsNotDistinct, boolean deferrable) {
    return new Index.State(
        constraint, nullsNotDistinct, deferrable, false, false, false, false, null);
  }

  @Test
  void isClearWhereEachDoesSomethingOfItsOwn() {
    Index.Key key = new Index.Key("symbol", null, false, false, null);
    Index plain = scanned("plain", "symbol");
    assertClear(plain, scanned("other", "at", "symbol"));
    assertClear(plain, btree("partial", List.of(key), List.of(), "(open)"));
    assertClear(
        plain,
        btree(
            "pattern",
            List.of(new Index.Key("symbol", null, false, false, "text_pattern_ops")),
            List.of(),
            null));
    assertClear(
        plain,
        btree(
            "collated",
            List.of(new Index.Key("symbol", null, false, false, null, "de_DE")),
            List.of(),
            null));
    assertClear(
        RuleCatalogues.index("unique", true, 0, Index.ORDINARY, "symbol"),
        scanned("long", "symbol", "at"));
    assertClear(
        btree("covering", List.of(key), List.of("price"), null), scanned("long", "symbol", "at"));
    assertClear(
        new Index("h", "hash", List.of(key), List.of(), null, false, true, 0, 1),
        scanned("long", "symbol", "at"));
  }

  @Test
  void aPartitionsPartGoesWithTheWhole() {
    assertClear(
        RuleCatalogues.index("a", false, 0, ATTACHED, "symbol"),
        RuleCatalogues.index("b", false, 0, ATTACHED, "symbol"));
  }

  private static Index scanned(String name, String... columns) {
    return RuleCatalogues.index(name, false, 1, Index.ORDINARY, columns);
  }

  private static Index btree(
      String name, List<Index.Key> keys, List<String> included, @Nullable String predicate) {
    return new Index(name, "btree", keys, included, predicate, false, true, 0, 1);
  }

  private static void assertClear(Index... indexes) {
    assertThat(examine(indexes)).isEqualTo(new CatalogueVerdict.Clear());
  }

  private static CatalogueCause only(Index... indexes) {
    return RuleCatalogues.onlyCause(examine(indexes));
  }

  private static CatalogueVerdict examine(Index... indexes) {
    return RULE.examine(RuleCatalogues.of(RuleCatalogues.table("quotes", List.of(), indexes)));
  }
}

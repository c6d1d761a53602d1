package dev.spanwise.analyzer.advice;

import static dev.spanwise.analyzer.advice.Fixtures.catalogue;
import static dev.spanwise.analyzer.advice.Fixtures.column;
import static dev.spanwise.analyzer.advice.Fixtures.index;
import static dev.spanwise.analyzer.advice.Fixtures.plan;
import static dev.spanwise.analyzer.advice.Fixtures.recorded;
import static dev.spanwise.analyzer.advice.Fixtures.scan;
import static dev.spanwise.analyzer.advice.Fixtures.table;
import static dev.spanwise.analyzer.advice.Fixtures.trades;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexCandidatesTest {

  private static final List<Column> COLUMNS =
      List.of(
          column("few", "integer", 3.0),
          column("many", "integer", 9_000.0),
          column("unique", "bigint", -1.0),
          column("unknown", "integer", null),
          column("code", "character varying(20)", 500.0),
          column("amount", "numeric", 500.0),
          column("live", "boolean", 2.0),
          column("document", "json", null),
          column("at", "timestamp with time zone", -1.0));

  @ParameterizedTest
  @CsvSource({"SeqScanDiscardsMostRows/fires", "SeqScanDiscardsMostRows/fires-parallel"})
  void anEqualityFilterWantsItsColumn(String fixture) {
    Plan plan = recorded(fixture);

    assertThat(ofScan(plan, catalogue(trades()), "trades")).containsExactly("(account_id)");
    assertThat(ofScan(plan, null, "trades")).containsExactly("(account_id)");
  }

  @Test
  void anArrayIsLookedUpWithTheOtherEqualityColumnsMostSelectiveFirst() {
    assertThat(
            ofScan(
                recorded("IndexScanDiscardsMostRows/fires"),
                catalogue(trades(index("trades_symbol_idx", "symbol"))),
                "trades"))
        .containsExactly("(account_id, symbol)");
  }

  @ParameterizedTest
  @CsvSource({"TopNSortReadsManyRows/fires", "TopNSortReadsManyRows/fires-parallel"})
  void anOrderFollowsTheEqualityColumnsOrStandsAlone(String fixture) {
    Plan plan = recorded(fixture);
    var sort = plan.nodes().filter(node -> node.type() == NodeType.SORT).findFirst().orElseThrow();

    IndexCandidates.Result result = new IndexCandidates(plan, catalogue(trades())).of(sort);

    assertThat(keys(result)).containsExactly("(status, executed_at)", "(executed_at)", "(status)");
  }

  @ParameterizedTest
  @CsvSource({
    "NestedLoopRepeatsTableScan/fires, limits",
    "NestedLoopRepeatsTableScan/fires-materialized, accounts"
  })
  void theInnerSideOfANestedLoopIsLookedUpByTheJoinsColumn(String fixture, String relation) {
    String column = relation.equals("limits") ? "(account_id)" : "(id)";

    assertThat(ofScan(recorded(fixture), null, relation)).contains(column);
  }

  @Test
  void equalityColumnsComeMostSelectiveFirstThenTheRange() {
    assertThat(seqScan("((t.few = 1) AND (t.unique = 2) AND (t.unknown = 3) AND (t.many > 4))"))
        .containsExactly("(\"unique\", few, unknown, many)", "(\"unique\", few, unknown)");
  }

  @Test
  void severalRangesAreTriedOneByOne() {
    assertThat(seqScan("((t.few = 1) AND (t.many > 4) AND (t.at <= '2026-01-01'::date))"))
        .containsExactly("(few, at)", "(few, many)", "(few)");
  }

  @Test
  void varcharComparedAsTextIsServedByItsIndexAndANumberCastIsNot() {
    assertThat(seqScan("((t.code)::text = 'x'::text)")).containsExactly("(code)");
    assertThat(seqScan("((t.amount)::double precision = '1.5'::double precision)")).isEmpty();
    assertThat(seqScan("((t.few)::text = '1'::text)")).isEmpty();
  }

  @Test
  void whatABTreeCannotLookUpIsLeftOut() {
    assertThat(seqScan("(t.few <> 1)")).isEmpty();
    assertThat(seqScan("(t.code ~~ '%x'::text)")).isEmpty();
    assertThat(seqScan("((t.few = 1) OR (t.many = 2))")).isEmpty();
    assertThat(seqScan("(t.few = t.many)")).isEmpty();
    assertThat(seqScan("(lower((t.code)::text) = 'x'::text)")).isEmpty();
    assertThat(seqScan("((t.document)::text = '{}'::text)")).isEmpty();
  }

  @Test
  void nullTestsAndBooleansAreEqualities() {
    assertThat(seqScan("((t.many IS NULL) AND t.live)")).containsExactly("(many, live)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t.at DESC; t.many           | (at DESC, many)",
        "t.at DESC; t.many DESC      | (at, many)",
        "t.at; t.many                | (at, many)",
        "t.at DESC NULLS LAST        | (at DESC NULLS LAST)",
        "t.at NULLS FIRST; t.many    | (at NULLS FIRST, many)"
      })
  void descendingIsWrittenForMixedOrdersOnly(String order, String keys) {
    assertThat(sort(quoted(order), null, catalogue(table("t", COLUMNS)))).containsExactly(keys);
  }

  @Test
  void anExpressionThatIsOrderedByIsAKey() {
    Plan plan = recorded("TopNSortReadsManyRows/fires-expression");
    var sort = plan.nodes().filter(node -> node.type() == NodeType.SORT).findFirst().orElseThrow();

    assertThat(keys(new IndexCandidates(plan, null).of(sort)))
        .containsExactly(
            "(lower((email)::text) DESC, COALESCE(upper(name), name) NULLS FIRST, id)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(abs(t.many)) DESC            | (few, abs(many))",
        "(abs(t.many)) DESC NULLS LAST | (few, abs(many) DESC NULLS LAST)",
        "(lower((t.code)::text)); t.at | (few, lower((code)::text), at)",
        "(abs(t.few)); t.at            | (few, at)"
      })
  void anExpressionHasItsDirectionAndItsPlace(String order, String keys) {
    assertThat(sort(quoted(order), "(t.few = 1)", catalogue(table("t", COLUMNS))))
        .first()
        .isEqualTo(keys);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // What is not known to be immutable, and what holds a literal of the statement.
        "(date_trunc('day'::text, t.at))",
        "(my_score(t.many))",
        "(random())",
        "(COALESCE(t.many, 0))",
        "((t.many + t.few))",
        "(lower((t.at)::text))",
        "((lower((t.code)::text))::text) COLLATE \\\"C\\\"",
        "(COALESCE(t.many, u.many))",
        "((SubPlan 1))"
      })
  void anOrderThatNoIndexTakesHasNoCandidate(String key) {
    assertThat(sort(quoted(key + "; t.few"), "(t.few = 1)", catalogue(table("t", COLUMNS))))
        .isEmpty();
  }

  @Test
  void anExpressionThatAnIndexHoldsIsServed() {
    Relation served =
        table(
            "t",
            COLUMNS,
            new Index(
                "t_code_at",
                "btree",
                List.of(
                    new Index.Key(null, "lower((code)::text)", false, false, null),
                    new Index.Key("at", null, false, false, null)),
                List.of(),
                null,
                false,
                true,
                0,
                0));
    Plan plan = sortPlan(quoted("(lower((t.code)::text)); t.at"), null);

    IndexCandidates.Result result = new IndexCandidates(plan, catalogue(served)).of(plan.root());

    assertThat(result.candidates()).isEmpty();
    assertThat(result.served()).isEqualTo("t_code_at");
  }

  @Test
  void anOrderedColumnOfOneValueOrdersNothing() {
    assertThat(sort("\"t.few\", \"t.at\"", "(t.few = 1)", catalogue(table("t", COLUMNS))))
        .first()
        .isEqualTo("(few, at)");
  }

  @Test
  void whatAnExistingIndexServesIsLeftOutAndNamed() {
    Relation served = table("t", COLUMNS, index("t_few_many", "few", "many"));
    Plan plan = seqScanPlan("((t.many = 1) AND (t.few = 2))");

    IndexCandidates.Result result =
        new IndexCandidates(plan, catalogue(served)).of(scan(plan, "t"));

    assertThat(result.candidates()).isEmpty();
    assertThat(result.served()).isEqualTo("t_few_many");
  }

  @Test
  void anIndexScannedBelowLimitKeepsItsOrder() {
    assertThat(ofScan(limitedScan(), catalogue(table("t", COLUMNS, index("t_at", "at"))), "t"))
        .startsWith("(few, at)");
  }

  private static Plan limitedScan() {
    return plan(
        """
            [{"Plan": {"Node Type": "Limit", "Plan Rows": 10, "Total Cost": 9.0, "Startup Cost": 0, "Plan Width": 8,
              "Plans": [{"Node Type": "Index Scan", "Relation Name": "t", "Schema": "public", "Alias": "t",
                "Index Name": "t_at", "Scan Direction": "Backward", "Filter": "(t.few = 1)",
                "Plan Rows": 10, "Total Cost": 9.0, "Startup Cost": 0, "Plan Width": 8}]}}]
            """);
  }

  @ParameterizedTest
  @CsvSource({", '(few, lower((code)::text), at)'", "text_pattern_ops, (few)"})
  void anExpressionOfTheScannedIndexKeepsItsPlace(@Nullable String operatorClass, String keys) {
    Index scanned =
        new Index(
            "t_at",
            "btree",
            List.of(
                new Index.Key(null, "lower((code)::text)", false, false, operatorClass),
                new Index.Key("at", null, false, false, null)),
            List.of(),
            null,
            false,
            true,
            0,
            0);

    assertThat(ofScan(limitedScan(), catalogue(table("t", COLUMNS, scanned)), "t"))
        .first()
        .isEqualTo(keys);
  }

  @Test
  void aTableThatTheCatalogueDoesNotKnowGetsNone() {
    assertThat(ofScan(seqScanPlan("(t.few = 1)"), catalogue(trades()), "t")).isEmpty();
  }

  @Test
  void fourKeysAtMost() {
    assertThat(
            seqScan(
                "((t.few = 1) AND (t.many = 1) AND (t.unique = 1) AND (t.amount = '1'::numeric) AND (t.at = now()))"))
        .allSatisfy(keys -> assertThat(keys.split(",")).hasSizeLessThanOrEqualTo(4));
  }

  private static List<String> seqScan(String filter) {
    return ofScan(seqScanPlan(filter), catalogue(table("t", COLUMNS)), "t");
  }

  private static Plan seqScanPlan(String filter) {
    return plan("[{\"Plan\": " + seqScanNode(filter) + "}]");
  }

  private static String seqScanNode(@Nullable String filter) {
    return """
        {"Node Type": "Seq Scan", "Relation Name": "t", "Schema": "public", "Alias": "t",
         "Startup Cost": 0, "Total Cost": 9.0, "Plan Rows": 1, "Plan Width": 8%s}
        """
        .formatted(filter == null ? "" : ", \"Filter\": \"" + filter + "\"");
  }

  private static List<String> sort(String keys, @Nullable String filter, Catalogue catalogue) {
    Plan plan = sortPlan(keys, filter);
    return keys(new IndexCandidates(plan, catalogue).of(plan.root()));
  }

  private static Plan sortPlan(String keys, @Nullable String filter) {
    return plan(
        """
        [{"Plan": {"Node Type": "Sort", "Sort Key": [%s], "Startup Cost": 0, "Total Cost": 9.0,
          "Plan Rows": 1, "Plan Width": 8, "Plans": [%s]}}]
        """
            .formatted(keys, seqScanNode(filter)));
  }

  /** Keys as an array of JSON has them. */
  private static String quoted(String keys) {
    return '"' + keys.replace("; ", "\", \"") + '"';
  }

  private static List<String> ofScan(Plan plan, @Nullable Catalogue catalogue, String relation) {
    return keys(new IndexCandidates(plan, catalogue).of(scan(plan, relation)));
  }

  private static List<String> keys(IndexCandidates.Result result) {
    return result.candidates().stream()
        .map(candidate -> candidate.createStatement(null, false))
        .map(statement -> statement.substring(statement.indexOf('(')))
        .toList();
  }
}

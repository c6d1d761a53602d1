package dev.spanwise.analyzer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values read off the recordings by eye, so that both readers cannot be wrong the same way. */
class PlanReaderTest {

  private static PlanNode node(Plan plan, String pointer) {
    return plan.nodes().filter(node -> node.pointer().equals(pointer)).findFirst().orElseThrow();
  }

  private static Actual actual(PlanNode node) {
    return Objects.requireNonNull(node.actual());
  }

  private static Plan text(int major, String name) {
    return RecordedPlans.read(RecordedPlans.text(major, name)).get(0);
  }

  @Test
  void readsLoopsRowsAndRemovedRowsOfAParallelScan() {
    Plan plan = text(18, "parallel-aggregate");

    PlanNode scan = node(plan, "/Plan/Plans/0/Plans/0/Plans/0/Plans/0");
    assertThat(scan.type()).isEqualTo(NodeType.SEQ_SCAN);
    assertThat(scan.position()).isEqualTo(new Position("Outer", null, true));
    assertThat(scan.conditions().filter()).isEqualTo("((customer_id % '10'::bigint) = 3)");
    assertThat(scan.estimate()).isEqualTo(new Estimate(0, 372, 42, 8));
    assertThat(actual(scan).loops()).isEqualTo(3);
    assertThat(actual(scan).rows()).isEqualTo(666.67);
    assertThat(actual(scan).totalRemovedByFilter()).isEqualTo(18_000);
    assertThat(scan.buffers()).isEqualTo(new Buffers(247, 0, 0, 0, 0));
    PlanNode gather = node(plan, "/Plan/Plans/0");
    assertThat(gather.type()).isEqualTo(NodeType.GATHER_MERGE);
    assertThat(gather.number("Workers Launched")).isEqualTo(2);
    PlanNode partial = node(plan, "/Plan/Plans/0/Plans/0");
    assertThat(partial.typeName()).isEqualTo("Aggregate");
    assertThat(partial.details())
        .containsEntry("Strategy", "Sorted")
        .containsEntry("Partial Mode", "Partial")
        .containsEntry("Group Key", "status");
  }

  @Test
  void keepsEachWorkersNumbersOutOfTheChildren() {
    PlanNode sort = node(text(15, "parallel-sort"), "/Plan/Plans/0");

    assertThat(sort.children()).hasSize(1);
    assertThat(sort.sortKey()).containsExactly("purchase.tags", "purchase.id");
    assertThat(sort.details())
        .containsEntry("Sort Method", "external merge")
        .containsEntry("Sort Space Type", "Disk")
        .containsEntry("Workers.0.Worker Number", "0")
        .containsEntry("Workers.1.Sort Space Type", "Disk")
        .containsEntry("Workers.1.Actual Loops", "1");
  }

  @Test
  void readsMemoizeAndWhatItsCacheSaved() {
    PlanNode memoize = node(text(18, "nested-loop-memoize"), "/Plan/Plans/0/Plans/1");

    assertThat(memoize.type()).isEqualTo(NodeType.MEMOIZE);
    assertThat(memoize.position().parentRelationship()).isEqualTo("Inner");
    assertThat(memoize.details())
        .containsEntry("Cache Key", "p.customer_id")
        .containsEntry("Cache Hits", "1000")
        .containsEntry("Cache Misses", "1000")
        .containsEntry("Cache Overflows", "0");
    assertThat(actual(memoize).totalRows()).isEqualTo(1800);
  }

  @Test
  void tellsSubplansFromChildren() {
    Plan plan = text(16, "subplans");

    assertThat(plan.root().children())
        .extracting(
            child -> child.position().parentRelationship() + "/" + child.position().subplanName())
        .containsExactly(
            "InitPlan/InitPlan 4 (returns $4)", "SubPlan/SubPlan 1", "SubPlan/SubPlan 2");
    PlanNode cte = text(18, "cte").root().children().get(1);
    assertThat(cte.position()).isEqualTo(new Position("InitPlan", "CTE Odd: CTE", false));
  }

  @Test
  void keepsALiteralTogetherThatLooksLikeANode() {
    Plan plan = text(18, "newline-in-literal");

    assertThat(plan.nodes()).hasSize(1);
    assertThat(plan.root().conditions().filter())
        .isEqualTo(
            "((id > 3) AND (email = 'first\n  ->  Seq Scan on second  (cost=0.00..1.00 rows=1 width=1)\n"
                + "it''s \\ \"third'::text))");
    assertThat(actual(plan.root()).removedByFilter()).isEqualTo(2000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void readsWhatAutoExplainLogs(String format) {
    String output =
        format.equals("text")
            ? RecordedPlans.text(16, "auto-explain")
            : RecordedPlans.json(16, "auto-explain");
    Plan plan = RecordedPlans.read(output).get(0);

    assertThat(plan.queryText())
        .startsWith(
            "PREPARE bought(text, int) AS SELECT count(*)\nFROM purchase -- Seq Scan on decoy")
        .endsWith("tags[1] <> 'two\nlines';");
    assertThat(plan.parameters()).containsExactly("it's", null);
    assertThat(plan.root().typeName()).isEqualTo("Aggregate");
    assertThat(plan.settings()).containsEntry("plan_cache_mode", "force_generic_plan");
  }

  /** In time that grows with the statement, not with its square: a minute and more, before. */
  @Test
  @Timeout(20)
  void findsThePlanBelowAStatementFullOfLinesLikeIt() throws PlanFormatException {
    String statement =
        "SELECT 1\n" + "Seq Scan on decoy  (cost=0.00..1.00 rows=1 width=4)\n".repeat(5_000) + ";";
    Plan plan =
        PlanReader.read(
            String.join(
                "\n", "Query Text: " + statement, "Result  (cost=0.00..1.00 rows=1 width=4)"));

    assertThat(plan.queryText()).isEqualTo(statement);
    assertThat(plan.root().typeName()).isEqualTo("Result");
  }

  @Test
  void keepsNumbersAsTheyWerePrintedAndWritesExponentsOut() throws PlanFormatException {
    Plan plan =
        PlanReader.read(
            """
            {"Plan": {"Node Type": "Custom Scan", "Exact": 1.50, "Large": 1.5e3, "Small": 25E-4,
                      "Endless": 1e999999, "Nothing": null, "None": [], "Flags": [true, 2, "x"],
                      "Inner": {"Deep": [{"a": 1}, {"b": {"c": "d"}}]}}}\
            """);

    assertThat(plan.root().details())
        .containsOnly(
            Map.entry("Exact", "1.50"),
            Map.entry("Large", "1500"),
            Map.entry("Small", "0.0025"),
            Map.entry("Endless", "1e999999"),
            Map.entry("Flags", "true, 2, x"),
            Map.entry("Inner.Deep.0.a", "1"),
            Map.entry("Inner.Deep.1.b.c", "d"));
  }

  @Test
  void readsTriggersAndTheirTimes() {
    assertThat(text(18, "delete-cascade").triggers())
        .singleElement()
        .satisfies(
            trigger -> {
              assertThat(trigger.constraint()).isEqualTo("purchase_customer_id_fkey");
              assertThat(trigger.name()).startsWith("RI_ConstraintTrigger_a_");
              assertThat(trigger.timeMs()).isPositive();
              assertThat(trigger.calls()).isEqualTo(1);
            });
    assertThat(text(18, "upsert").triggers())
        .extracting(Trigger::name)
        .containsExactly(null, "note: change", "note_after");
  }

  @Test
  void readsJustInTimeCompilationPlanningAndSerialization() {
    Plan jit = text(15, "jit");
    assertThat(jit.jitMs()).isPositive();
    assertThat(jit.details())
        .containsEntry("JIT.Options.Inlining", "true")
        .containsKey("JIT.Timing.Emission")
        .containsKey("JIT.Functions");
    assertThat(text(17, "newest-options").details())
        .containsEntry("Serialization.Format", "text")
        .containsKeys(
            "Serialization.Output Volume", "Planning.Memory Used", "Planning.Shared Hit Blocks");
  }

  @Test
  void leavesOutWhatWasNotPrinted() {
    Plan plan = text(18, "costs-off");
    assertThat(plan.nodes()).allMatch(node -> node.estimate() == null && node.actual() == null);
    assertThat(plan.analyzed()).isFalse();
    Actual untimed = actual(text(18, "timing-off").root());
    assertThat(untimed.totalMs()).isNull();
    assertThat(untimed.loops()).isEqualTo(1);
  }

  @Test
  void readsEveryPlanOfARewrittenStatementAndNoneOfAUtility() throws PlanFormatException {
    assertThat(RecordedPlans.read(RecordedPlans.text(18, "rule-adds-plan")))
        .extracting(plan -> plan.root().details().get("Operation"))
        .containsExactly("Insert", "Update");
    assertThat(RecordedPlans.read(RecordedPlans.text(18, "utility"))).isEmpty();
    assertThat(PlanReader.readAll("[\n  \"Utility Statement\"\n]")).isEmpty();
    assertThatThrownBy(() -> PlanReader.read(RecordedPlans.json(18, "rule-adds-plan")))
        .hasMessage("expected one plan, found 2");
  }

  @ParameterizedTest(name = "border {0}")
  @ValueSource(ints = {0, 1, 2})
  void takesPsqlsTableOff(int border) throws PlanFormatException {
    String left = border == 2 ? "| " : border == 1 ? " " : "";
    String right = border == 2 ? " |" : "";
    String rule = border == 2 ? "+-----------+\n" : "";
    String body =
        RecordedPlans.text(18, "hash-join")
            .lines()
            .map(line -> left + line + "   " + right)
            .collect(Collectors.joining("\n"));
    String printed =
        "\n"
            + rule
            + left
            + "   QUERY PLAN   "
            + right
            + "\n"
            + (border == 2 ? rule : "----------------\n")
            + body
            + "\n"
            + rule
            + "(12 rows)\n\nTime: 1.2 ms\n";

    assertThat(PlanReader.read(printed)).isEqualTo(text(18, "hash-join"));
  }

  @Test
  void readsOneCellOfManyLines() throws PlanFormatException {
    for (String output :
        List.of(RecordedPlans.text(18, "hash-join"), RecordedPlans.json(18, "hash-join"))) {
      String body =
          output.lines().map(line -> " " + line + "    +").collect(Collectors.joining("\r\n"));
      String printed =
          "   QUERY PLAN   \r\n----------------\r\n"
              + body.substring(0, body.length() - 1)
              + "\r\n(1 row)\r\n";

      assertThat(PlanReader.read(printed)).isEqualTo(PlanReader.read(output));
    }
  }

  @Test
  void readsOutputWhoseFirstLineLostItsIndentation() throws PlanFormatException {
    String printed = RecordedPlans.text(18, "jit").indent(1).strip();

    assertThat(PlanReader.read(printed)).isEqualTo(text(18, "jit"));
  }

  @Test
  void readsEstimatesThatAreNotFinite() throws PlanFormatException {
    Plan plan =
        PlanReader.read(
            """
            [{"Plan": {"Node Type": "Result", "Startup Cost": 0.00, "Total Cost": Infinity,
                       "Plan Rows": 1000000000000000000000000000000, "Plan Width": 4}}]\
            """);
    assertThat(plan.root().estimate())
        .isEqualTo(new Estimate(0, Double.POSITIVE_INFINITY, 1e30, 4));
  }

  @Test
  void keepsNodesAndFieldsThatItDoesNotKnow() throws PlanFormatException {
    Plan plan =
        PlanReader.read(
            """
            Custom Scan (ChunkAppend) on metrics m  (cost=0.00..1.00 rows=1 width=4)
              Chunks excluded: 3
              ->  Quantum Scan  (cost=0.00..1.00 rows=1 width=4)
            Extension Time: 1.5 ms
            """);

    assertThat(plan.root().details())
        .containsEntry("Custom Plan Provider", "ChunkAppend")
        .containsEntry("Chunks excluded", "3");
    assertThat(plan.root().target()).isEqualTo(new Target(null, "metrics", "m", null, null));
    assertThat(plan.root().children().get(0).type()).isEqualTo(NodeType.OTHER);
    assertThat(plan.root().children().get(0).typeName()).isEqualTo("Quantum Scan");
    assertThat(plan.details()).containsEntry("Extension Time", "1.5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                               | line 1 | found nothing
          select 1                                                         | line 1 | expected a node
          ->  Seq Scan on t  (cost=0.00..1.00 rows=1 width=4)              | line 1 | the plan's head is missing
          Seq Scan on t  (cost=0.00..1.00 rows=1 width=4)\\nFilter: (a = 1) | line 2 | indented below its node
          Sort  (cost=0.00..1.00 rows=1 width=4)\\n->  Seq Scan on t        | line 2 | more indentation
          Result  (cost=0.00..1.00 rows=1 width=4)\\n\\n\\nnothing           | line 4 | expected a node
          Sort  (cost=0.00..1.00 rows=1 width=4)\\n  what is this           | line 2 | "Name: value" line
          Query Text: select 1\\nfrom t                                     | line 1 | below the query text
          [{"Plan": {"Node Type": "Sort",                                  | line 1 | not JSON
          [{"Plan": {"Node Type": "Sort", "Plans": [{}]}}]                 | /0/Plan/Plans/0 | "Node Type"
          [{"Query": 1}]                                                   | /0 | "Plan" object
          [{"Plan": {"Node Type": "Sort", "Total Cost": "much"}}]          | /0/Plan/Total Cost | expected a number
          """)
  void refusesWhatItCannotReadAndSaysWhere(String output, String place, String reason) {
    PlanFormatException refused =
        catchThrowableOfType(
            PlanFormatException.class, () -> PlanReader.readAll(output.replace("\\n", "\n")));

    assertThat(refused).hasMessageContaining(reason);
    assertThat(refused.place()).isEqualTo(place);
  }
}

package dev.spanwise.analyzer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans that are old, folded, damaged, or larger than any server prints. */
class OddPlansTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void joinsTheLinesOfNodesThatAMailFolded() throws PlanFormatException {
    Plan plan =
        PlanReader.read(
            """
             Nested Loop  (cost=0.42..912.10 rows=40 width=96)
                              (actual time=0.181..19.820 rows=41 loops=1)
               ->  Seq Scan on orders o
                              (cost=0.00..179.30 rows=40 width=48) (actual
            time=0.030..8.910 rows=41 loops=1)
                     Filter: (note = 'fragile (actual time)'::text)
               ->  Index Scan using customers_pkey on customers c  (cost=0.42..3.01 rows=1
            width=48) (never executed)
                     Index Cond: (id = o.customer_id)
             Total runtime: 20.104 ms
            """);

    assertThat(plan.nodes().map(PlanNode::typeName))
        .containsExactly("Nested Loop", "Seq Scan", "Index Scan");
    assertThat(plan.nodes()).allMatch(node -> node.estimate() != null && node.actual() != null);
    assertThat(plan.executionMs()).isEqualTo(20.104);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "> Seq Scan on orders  (cost=0.00..1.00 rows=1 width=4)\n>   Filter: (a > 1)",
        ">> Seq Scan on orders  (cost=0.00..1.00 rows=1 width=4)\n>>   Filter: (a > 1)\n\n",
        "> > Seq Scan on orders  (cost=0.00..1.00 rows=1 width=4)\n> >   Filter: (a > 1)\n>",
        ">                    QUERY PLAN\n>\n> ----------\n>  Seq Scan on orders  (cost=0.00..1.00 rows=1 width=4)\n>    Filter: (a > 1)",
        "  QUERY PLAN\n\n--------------\n Seq Scan on orders  (cost=0.00..1.00 rows=1 width=4)\n   Filter: (a > 1)",
        "QUERY\nPLAN\n------\n Seq Scan on orders  (cost=0.00..1.00 rows=1 width=4)\n   Filter: (a > 1)",
        "NOTICE:  QUERY PLAN:\n\nSeq Scan on orders  (cost=0.00..1.00 rows=1 width=4)\n  Filter: (a > 1)",
        "QUERY PLAN:\nSeq Scan on orders  (cost=0.00..1.00 rows=1 width=4)\n  Filter: (a > 1)",
      })
  void takesOffWhatAMailPutsAroundIt(String mail) throws PlanFormatException {
    Plan plan = PlanReader.read(mail);

    assertThat(plan.nodes().map(PlanNode::typeName)).containsExactly("Seq Scan");
    assertThat(plan.root().conditions().filter()).isEqualTo("(a > 1)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERROR:  relation \"x\" does not exist",
        "Permission denied",
        "Connection refused",
        "Hello",
        "SELECT * FROM orders",
        "Insert",
        "SET",
        "INSERT 0 10",
        "Timing is on.\nSET\nTime: 0.213 ms",
        "BEGIN\nERROR:  relation \"x\" does not exist\nROLLBACK",
      })
  void whatIsNoPlanIsRefused(String output) {
    assertThatThrownBy(() -> PlanReader.readAll(output))
        .isInstanceOf(PlanFormatException.class)
        .hasMessageStartingWith("expected ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET\n%s",
        "Timing is on.\nPager usage is off.\nSET\nTime: 0.213 ms\nPREPARE\n%s",
        "BEGIN\nCREATE TABLE\nINSERT 0 10\n  QUERY PLAN\n--------------\n%s\n(3 rows)\n\nROLLBACK\n",
        "You are now connected to database \"shop\" as user \"me\".\n%s\nCOMMIT",
      })
  void takesOffWhatPsqlSaysOfOtherCommands(String script) throws PlanFormatException {
    for (String plan :
        List.of(RecordedPlans.text(18, "costs-off"), RecordedPlans.json(18, "costs-off"))) {
      assertThat(PlanReader.read(script.formatted(plan.stripTrailing())))
          .isEqualTo(PlanReader.read(plan));
    }
  }

  @Test
  void anUnknownNodeWithItsNumbersIsAForks() throws PlanFormatException {
    Plan plan = PlanReader.read("Quantum Scan (actual rows=3 loops=1)");

    assertThat(plan.root().typeName()).isEqualTo("Quantum Scan");
    assertThatThrownBy(() -> PlanReader.read("Quantum Scan"))
        .isInstanceOf(PlanFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Seq Scan on t  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..90.000 rows=0 loops=1) Filter: (a = 1)",
        "Seq Scan on t (cost=0.00..10.00 rows=1 width=4) Filter: (a = 1) Rows Removed by Filter: 7",
        "Sort (cost=5.00..6.00 rows=4 width=4) Sort Key: a -> Seq Scan on t (cost=0.00..1.00 rows=4 width=4)",
        "Limit (cost=0.00..1.00 rows=4 width=4) -> Seq Scan on t (cost=0.00..1.00 rows=4 width=4)",
      })
  void aPlanWhoseLineBreaksAreLostIsRefused(String line) {
    assertThatThrownBy(() -> PlanReader.read(line))
        .isInstanceOf(PlanFormatException.class)
        .hasMessageContaining("line breaks are lost");
  }

  @Test
  void readsWhatAPageLeftOfDoubleSpaces() throws PlanFormatException {
    Plan plan =
        PlanReader.read(
            """
            QUERY PLAN
            Sort (cost=804.42..816.42 rows=50000 width=11)
                 (actual time=45.484..64.222 rows=50000 loops=1)
                 Sort Key: note
                 Sort Method: external merge Disk: 1028kB
                 -> Seq Scan on orders (cost=0.00..77.00 rows=50000 width=11)
                    (actual time=0.035..2.427 rows=50000 loops=1)
            Planning time: 0.139 ms
            Execution time: 66.637 ms
            (6 lignes)

            Temps : 67,012 ms
            """);

    assertThat(plan.nodes().map(PlanNode::typeName)).containsExactly("Sort", "Seq Scan");
    assertThat(plan.root().details())
        .containsEntry("Sort Method", "external merge")
        .containsEntry("Sort Space Used", "1028")
        .containsEntry("Sort Space Type", "Disk");
    assertThat(plan.executionMs()).isEqualTo(66.637);
    assertThat(plan.details()).doesNotContainKey("Temps ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void takesAGraphicalClientsQuotesOff(String format) throws PlanFormatException {
    boolean text = format.equals("text");
    String output =
        text ? RecordedPlans.text(18, "quoted-names") : RecordedPlans.json(18, "quoted-names");
    String doubled = output.strip().replace("\"", "\"\"");

    String copied = text ? doubled.replaceAll("(?m)^|$", "\"") : "\"" + doubled + "\"";

    assertThat(PlanReader.read(copied)).isEqualTo(PlanReader.read(output));
  }

  @Test
  void aQuotedNameAloneOnALineOfALoggedStatementKeepsItsQuotes() throws PlanFormatException {
    Plan plan =
        PlanReader.read(
            """
            Query Text: SELECT
            "Id"
            FROM t
            Seq Scan on t  (cost=0.00..1.00 rows=1 width=4)
            """);

    assertThat(plan.queryText()).isEqualTo("SELECT\n\"Id\"\nFROM t");
  }

  @Test
  void readsTheTimesByTheirOlderNames() throws PlanFormatException {
    Plan of96 =
        PlanReader.read(
            """
            Result  (cost=0.00..0.01 rows=1 width=4) (actual time=0.001..0.002 rows=1 loops=1)
            Planning time: 0.120 ms
            Execution time: 5.250 ms
            """);
    Plan of92 =
        PlanReader.read(
            "[{\"Plan\": {\"Node Type\": \"Result\"}, \"Triggers\": [], \"Total Runtime\": 5.25}]");

    assertThat(of96.planningMs()).isEqualTo(0.12);
    assertThat(of96.executionMs()).isEqualTo(5.25);
    assertThat(of92.executionMs()).isEqualTo(5.25);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sort  (cost=0.00..1.00 rows=1 width=4)\n  Plans: 3\n  ->  Result",
        "Sort  (cost=0.00..1.00 rows=1 width=4)\n  Workers: 3\n  Worker 0:  Sort Method: quicksort",
        "Sort  (cost=0.00..1.00 rows=1 width=4)\n  Output:\n  Output: a, b",
        "Result  (cost=0.00..1.00 rows=1 width=4)\nJIT: off\nJIT:\n  Functions: 3",
      })
  void aNameThatStandsForTwoThingsIsRefused(String output) {
    assertThatThrownBy(() -> PlanReader.readAll(output)).isInstanceOf(PlanFormatException.class);
  }

  @Test
  void whatReadsLikeNoNodesNameIsNotRepeated() throws PlanFormatException {
    Plan odd = PlanReader.read("[{\"Plan\": {\"Node Type\": \"41-11-1111 Scan\"}}]");
    Plan forks = PlanReader.read("[{\"Plan\": {\"Node Type\": \"Broadcast Motion\"}}]");

    assertThat(odd.root().typeName()).isEqualTo("Unknown");
    assertThat(forks.root().typeName()).isEqualTo("Broadcast Motion");
  }

  @Test
  void aNumberOfAThousandMillionDigitsIsNotWrittenOut() throws PlanFormatException {
    Plan plan =
        PlanReader.read("[{\"Plan\": {\"Node Type\": \"Result\", \"Odd\": 1.5e999999999}}]");

    assertThat(plan.root().details()).containsEntry("Odd", "1.5e999999999");
  }

  @Test
  void whatNestsOrGoesOnBeyondMeasureIsRefused() {
    String deep = "{\"Node Type\": \"Append\", \"Plans\": [";
    assertThatThrownBy(
            () ->
                PlanReader.read(
                    "[{\"Plan\": "
                        + deep.repeat(2000)
                        + "{\"Node Type\": \"Result\"}"
                        + "]}".repeat(2000)
                        + "}]"))
        .isInstanceOf(PlanFormatException.class)
        .hasMessageContaining("nests deeper");
    assertThatThrownBy(
            () ->
                PlanReader.read(
                    "[{\"Plan\": {\"Node Type\": \"Result\", \"Filter\": \""
                        + "x".repeat(80 << 20)
                        + "\"}}]"))
        .isInstanceOf(PlanFormatException.class)
        .hasMessageContaining("longer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void everyBeginningOfAPlanIsReadOrRefused(String format) {
    String output =
        format.equals("text")
            ? RecordedPlans.text(18, "subplans")
            : RecordedPlans.json(18, "subplans");
    int read = 0;
    for (int end = 0; end < output.length(); end++) {
      try {
        List<Plan> plans = PlanReader.readAll(output.substring(0, end));
        assertThat(plans).hasSize(1);
        read++;
      } catch (PlanFormatException refused) {
        assertThat(refused.place()).isNotBlank();
      }
    }
    if (format.equals("json")) {
      assertThat(read).as("halves that were taken for the whole").isLessThanOrEqualTo(1);
    }
  }

  @Test
  void aNameThatIsNotUtf8IsKeptWithAMark() throws PlanFormatException {
    byte[] latin =
        "Seq Scan on gr\u00f6\u00dfe  (cost=0.00..1.00 rows=1 width=4)\n  Filter: (a = '\u00e9'::text)\n"
            .getBytes(StandardCharsets.ISO_8859_1);

    Plan plan = PlanReader.read(new String(latin, StandardCharsets.UTF_8));

    assertThat(plan.root().target().relation()).isEqualTo("gr\ufffd\ufffde");
    assertThat(plan.root().conditions().filter()).contains("\ufffd");
  }

  @Test
  void aStatementFullOfWhatLooksLikePlansTakesNoLonger() {
    String decoy = "Seq Scan on decoy  (cost=0.00..1.00 rows=1 width=4)\n";
    String output =
        "Query Text: SELECT '\n" + decoy.repeat(20_000) + "'\nResult  (cost=0.00..0.01 rows=1";

    assertTimeoutPreemptively(
        LONG,
        () ->
            assertThatThrownBy(() -> PlanReader.readAll(output))
                .isInstanceOf(PlanFormatException.class));
  }

  @Test
  void aPlanOfTwentyThousandNodesIsRead() throws PlanFormatException {
    StringBuilder output = new StringBuilder("Append  (cost=0.00..1.00 rows=1 width=4)\n");
    for (int i = 0; i < 20_000; i++) {
      output
          .append("  ->  Seq Scan on part_")
          .append(i)
          .append("  (cost=0.00..155.00 rows=50 width=44)\n        Filter: (note = 'x'::text)\n");
    }

    Plan plan = assertTimeoutPreemptively(LONG, () -> PlanReader.read(output.toString()));

    assertThat(plan.nodes()).hasSize(20_001);
  }
}

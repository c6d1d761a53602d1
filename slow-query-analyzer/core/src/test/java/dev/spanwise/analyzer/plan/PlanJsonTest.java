package dev.spanwise.analyzer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanJsonTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String SECRET = "topsecret";

  /** Names of schema objects, aliases and node types, which a plan cannot do without. */
  private static final Set<String> NAMES =
      Set.of(
          "Node Type",
          "Subplan Name",
          "Schema",
          "Relation Name",
          "Alias",
          "Index Name",
          "Function Name",
          "Table Function Name",
          "CTE Name",
          "Tuplestore Name",
          "Custom Plan Provider",
          "Sampling Method",
          "Conflict Arbiter Indexes",
          "Trigger Name",
          "Constraint Name",
          "Relation");

  @ParameterizedTest(name = "PostgreSQL {0}: {1}")
  @MethodSource("dev.spanwise.analyzer.plan.RecordedPlans#all")
  void writesWhatTheReaderReadsAsTheSameTree(int major, String name) throws PlanFormatException {
    for (Plan plan : RecordedPlans.read(RecordedPlans.json(major, name))) {
      Plan again = PlanReader.read(PlanJson.masked(plan));

      assertThat(again.nodes().map(PlanNode::pointer).toList())
          .isEqualTo(plan.nodes().map(PlanNode::pointer).toList());
      assertThat(again.nodes().map(PlanNode::typeName).toList())
          .isEqualTo(plan.nodes().map(PlanNode::typeName).toList());
      assertThat(again.nodes().map(PlanNode::target).toList())
          .isEqualTo(plan.nodes().map(PlanNode::target).toList());
      assertThat(again.nodes().map(PlanNode::actual).toList())
          .isEqualTo(plan.nodes().map(PlanNode::actual).toList());
      assertThat(again.nodes().map(node -> node.details().keySet()).toList())
          .isEqualTo(plan.nodes().map(node -> node.details().keySet()).toList());
      assertThat(again.triggers()).isEqualTo(plan.triggers());
      assertThat(again.executionMs()).isEqualTo(plan.executionMs());
    }
  }

  /** Each string of each plan in turn becomes a literal; then all become a bare word. */
  @ParameterizedTest(name = "PostgreSQL {0}: {1}")
  @MethodSource("dev.spanwise.analyzer.plan.RecordedPlans#all")
  void letsASecretOutOfNoFieldButNames(int major, String name) throws Exception {
    for (String planted : List.of("'" + SECRET + "'", SECRET)) {
      JsonNode output = MAPPER.readTree(RecordedPlans.json(major, name));
      plant(output, planted);
      for (Plan plan : RecordedPlans.read(MAPPER.writeValueAsString(output))) {
        assertThat(PlanJson.masked(plan)).doesNotContain(SECRET);
      }
    }
  }

  @Test
  void dropsTheStatementItsParametersAndUnknownFields() throws PlanFormatException {
    Plan plan =
        PlanReader.read(
            """
            {"Query Text": "select 'topsecret'", "Query Parameters": "$1 = 'topsecret'",
             "topsecret": 1, "Notes": {"Total": "topsecret"},
             "Plan": {"Node Type": "Result", "Remote SQL": "topsecret", "Notes": ["topsecret"],
                      "Workers": [{"Worker Number": 0, "Note": "topsecret", "Actual Loops": 2}],
                      "Workers.99999999.Actual Loops": 1, "Startup Cost": Infinity,
                      "Total Cost": Infinity, "Plan Rows": NaN, "Plan Width": 4},
             "Settings": {"search_path": "topsecret", "work_mem": "64kB", "jit": "off"}}
            """);

    assertThat(plan.parameters()).containsExactly(SECRET);
    assertThat(PlanJson.masked(plan))
        .isEqualTo(
            "[{\"Plan\":{\"Node Type\":\"Result\",\"Parallel Aware\":false,\"Plan Width\":4,"
                + "\"Workers\":[{\"Actual Loops\":2,\"Worker Number\":0}]},\"Triggers\":[],"
                + "\"Settings\":{\"jit\":\"off\",\"search_path\":\"?\",\"work_mem\":\"64kB\"}}]");
  }

  @Test
  void keepsTheLayoutOfConditions() throws JsonProcessingException {
    JsonNode written = MAPPER.readTree(PlanJson.masked(RecordedPlans.plan(18, "quoted-names")));

    assertThat(written.at("/0/Plan/Filter").asText()).isEqualTo("(\"quoted\"\"name\" <> ?::text)");
    assertThat(written.at("/0/Plan/Alias").asText()).isEqualTo("it's: an alias");
  }

  /** Replaces every string but the names; expressions and lists of them as well. */
  private static void plant(JsonNode node, String planted) {
    if (node instanceof ObjectNode object) {
      for (String field : new HashSet<>(names(object))) {
        JsonNode value = object.get(field);
        if (value.isTextual() && !NAMES.contains(field)) {
          object.set(field, TextNode.valueOf(planted(field, planted)));
        } else if (!NAMES.contains(field)) {
          plant(value, planted(field, planted));
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i).isTextual() && !array.get(i).asText().equals("Utility Statement")) {
          array.set(i, TextNode.valueOf(planted));
        } else {
          plant(array.get(i), planted);
        }
      }
    }
  }

  /** In an expression a bare word is a column, which may stay: there the secret is a literal. */
  private static String planted(String field, String planted) {
    SafeFields kind = SafeFields.at(List.of(field));
    boolean value = kind == SafeFields.VALUE || field.equals("Parent Relationship");
    return value || planted.startsWith("'") ? planted : "'" + planted + "'";
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Generation\": 5, \"Generation.0.Total\": 1",
        "\"Generation\": 5, \"Generation.Total\": 1",
        "\"Generation.0.Total\": 5, \"Generation.Total\": 1"
      })
  void ofANameWithValuesOfTwoKindsTheFirstIsWritten(String fields) throws PlanFormatException {
    Plan plan = PlanReader.read("{\"Plan\": {\"Node Type\": \"Result\", " + fields + "}}");

    assertThat(PlanJson.masked(plan)).contains("5").doesNotContain("Total\":1");
  }

  @Test
  void dropsANumberThatNoServerCounts() throws PlanFormatException {
    String digits = "9".repeat(401);
    Plan plan =
        PlanReader.read(
            "{\"Plan\": {\"Node Type\": \"Sort\", \"Sort Space Used\": \"%s\", \"Hash Batches\": %s}}"
                .formatted(digits, digits.substring(1)));

    assertThat(PlanJson.masked(plan))
        .doesNotContain("Sort Space Used")
        .contains("Hash Batches", digits.substring(1));
  }
}

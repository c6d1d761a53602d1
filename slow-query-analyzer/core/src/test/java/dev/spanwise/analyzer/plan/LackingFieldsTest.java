package dev.spanwise.analyzer.plan;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanwise.analyzer.rule.PlanDiagnosis;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any field but a node's type can be missing: with other options, in other versions, in forks. */
class LackingFieldsTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  static Stream<Arguments> plans() {
    return RecordedPlans.all().filter(plan -> plan.get()[0].equals(18));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void withoutAnyOfItsFieldsAPlanIsStillDiagnosed(int major, String name) throws IOException {
    JsonNode whole = MAPPER.readTree(RecordedPlans.json(major, name));
    Set<String> fields = new TreeSet<>();
    whole.findParents("Node Type").forEach(node -> node.fieldNames().forEachRemaining(fields::add));
    fields.remove("Node Type");
    for (String field : fields) {
      JsonNode lacking = whole.deepCopy();
      lacking.findParents(field).forEach(node -> ((ObjectNode) node).remove(field));

      assertThatCode(() -> diagnose(lacking.toString()))
          .as("without %s", field)
          .doesNotThrowAnyException();
    }
  }

  private static void diagnose(String output) throws PlanFormatException {
    for (Plan plan : PlanReader.readAll(output)) {
      PlanDiagnosis.of(plan, null);
    }
  }
}

package dev.spanwise.analyzer.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;
import java.util.List;

/** Writes the contract: members in the order of {@link Report}, plans as JSON. */
final class JsonReport {

  private static final List<String> PLANS = List.of("plan", "planBefore", "planAfter");

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, new ToStringSerializer(Instant.class)))
          .build();

  private static final ObjectWriter WRITER = MAPPER.writer(prettyPrinter());

  private JsonReport() {}

  static String render(Report report) {
    ObjectNode document = MAPPER.valueToTree(report);
    embedPlans(document.withArray("findings"));
    embedPlans(document.withArray("advice"));
    replaceNonFinite(document);
    try {
      return WRITER.writeValueAsString(document) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a JSON tree could not be written", impossible);
    }
  }

  private static void embedPlans(ArrayNode entries) {
    for (JsonNode entry : entries) {
      for (String field : PLANS) {
        if (entry instanceof ObjectNode object && object.path(field).isTextual()) {
          object.set(field, plan(object.path(field).asText()));
        }
      }
    }
  }

  /** A plan that is not JSON stays the text that it is: nothing is lost. */
  private static JsonNode plan(String text) {
    JsonNode plan = PlanTree.parse(text);
    return plan == null ? TextNode.valueOf(text) : plan;
  }

  /**
   * JSON has no NaN and no infinity. A number that was not measured is null; an evidence's value
   * may be text and then says which of them it is.
   */
  private static void replaceNonFinite(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (var member : object.properties()) {
        if (isNonFinite(member.getValue())) {
          boolean evidence = member.getKey().equals("value");
          member.setValue(
              evidence ? TextNode.valueOf(member.getValue().asText()) : NullNode.instance);
        }
      }
    }
    node.forEach(JsonReport::replaceNonFinite);
  }

  private static boolean isNonFinite(JsonNode node) {
    return (node instanceof DoubleNode || node instanceof FloatNode)
        && !Double.isFinite(node.doubleValue());
  }

  private static DefaultPrettyPrinter prettyPrinter() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
  }
}

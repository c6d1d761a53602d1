package dev.spanwise.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonReportTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path SCHEMA = Path.of("../../docs/report.schema.json");

  static Stream<String> names() {
    return SampleReports.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void isValidAgainstTheContract(String name) throws IOException {
    Report report = SampleReports.named(name);

    assertThat(errors(ReportFormat.JSON.render(report))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void isValidForAReaderWhoseContractHasNoTraces(String name) throws IOException {
    ObjectNode contract = (ObjectNode) MAPPER.readTree(Files.readString(SCHEMA));
    assertThat(((ObjectNode) contract.get("properties")).remove("traces")).isNotNull();

    assertThat(errors(contract.toString(), ReportFormat.JSON.render(SampleReports.named(name))))
        .isEmpty();
  }

  @Test
  void aTraceHasItsSpansInOrderWithTheirParentsAndLinks() throws IOException {
    JsonNode trace =
        MAPPER.readTree(ReportFormat.JSON.render(SampleTraces.report())).at("/traces/0");

    assertThat(trace.get("endpoint").asText()).isEqualTo("POST /orders");
    assertThat(trace.get("services").toString())
        .isEqualTo("[\"order-api\",\"projector\",\"audit\",\"read-api\"]");
    assertThat(trace.at("/spans/0/parentSpanId").isNull()).isTrue();
    assertThat(trace.at("/spans/1/parentSpanId").asText()).isEqualTo("a100000000000001");
    assertThat(trace.at("/spans/1/startOffsetMs").asDouble()).isEqualTo(2.15);
    assertThat(trace.get("spans").findValuesAsText("operation"))
        .contains("process orders.created by positions", "load-position");
    JsonNode linked =
        StreamSupport.stream(trace.get("spans").spliterator(), false)
            .filter(span -> !span.get("links").isEmpty())
            .findFirst()
            .orElseThrow();
    assertThat(linked.at("/links/0/traceId").asText()).isEqualTo(trace.get("traceId").asText());
    assertThat(linked.get("traceId").asText()).isNotEqualTo(trace.get("traceId").asText());
  }

  @Test
  void theContractRefusesWhatItDoesNotAllow() throws IOException {
    String json = ReportFormat.JSON.render(SeveralCauses.report());

    assertThat(errors(json.replace("\"severity\" : \"high\"", "\"severity\" : \"bad\"")))
        .hasSize(1);
    assertThat(errors(json.replace("2026-11-22T09:30:00Z", "yesterday"))).hasSize(1);
    String traces = ReportFormat.JSON.render(SampleTraces.report());
    assertThat(errors(traces.replace("\"kind\" : \"server\"", "\"kind\" : \"bad\""))).hasSize(2);
  }

  @Test
  void embedsPlansAsJson() throws IOException {
    JsonNode json = MAPPER.readTree(ReportFormat.JSON.render(SeveralCauses.report()));

    assertThat(json.at("/findings/0/plan/0/Plan/Node Type").asText()).isEqualTo("Limit");
    assertThat(json.at("/advice/0/planAfter/0/Plan").isObject()).isTrue();
  }

  @Test
  void keepsAPlanThatIsNoJsonAsText() throws IOException {
    JsonNode json = MAPPER.readTree(ReportFormat.JSON.render(SampleReports.longAndForeign()));

    assertThat(json.at("/findings/0/plan").asText()).startsWith("Seq Scan on x");
  }

  @Test
  void writesNoNumberThatJsonLacks() throws IOException {
    JsonNode json = MAPPER.readTree(ReportFormat.JSON.render(SampleReports.nothingKnown()));

    assertThat(json.at("/findings/0/evidence/0/value").textValue()).isEqualTo("NaN");
    assertThat(json.at("/advice/0/verified/costAfter").isNull()).isTrue();
  }

  private static List<Error> errors(String json) throws IOException {
    return errors(Files.readString(SCHEMA), json);
  }

  private static List<Error> errors(String contract, String json) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(contract);
    return schema.validate(
        json,
        InputFormat.JSON,
        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }
}

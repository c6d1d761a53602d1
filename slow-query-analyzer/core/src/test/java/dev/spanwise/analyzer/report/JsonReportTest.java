package dev.spanwise.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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

  @Test
  void theContractRefusesWhatItDoesNotAllow() throws IOException {
    String json = ReportFormat.JSON.render(SeveralCauses.report());

    assertThat(errors(json.replace("\"severity\" : \"high\"", "\"severity\" : \"bad\"")))
        .hasSize(1);
    assertThat(errors(json.replace("2026-11-22T09:30:00Z", "yesterday"))).hasSize(1);
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

  private static java.util.List<com.networknt.schema.Error> errors(String json) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(SCHEMA));
    return schema.validate(
        json,
        InputFormat.JSON,
        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }
}

package dev.spanwise.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The report's schema, as the outside world checks it. */
final class ReportContract {

  private static final Path SCHEMA = Path.of("../../docs/report.schema.json");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ReportContract() {}

  /** Reads a report after validating it. */
  static JsonNode read(String json) throws IOException {
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA))
                .validate(
                    json,
                    InputFormat.JSON,
                    context ->
                        context.executionConfig(config -> config.formatAssertionsEnabled(true))))
        .isEmpty();
    return MAPPER.readTree(json);
  }
}

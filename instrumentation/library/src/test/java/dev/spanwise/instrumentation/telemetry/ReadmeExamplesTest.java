package dev.spanwise.instrumentation.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeExamplesTest {
  private static final String MARK = "    // README\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalidation/InvalidationExample",
        "cdc/CaptureExample",
        "replication/ReplicationExample",
        "freshness/FreshnessExample"
      })
  void theReadmeShowsTheCodeThatTheTestsRun(String example) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String[] parts =
        Files.readString(Path.of("src/test/java/dev/spanwise/instrumentation", example + ".java"))
            .split(MARK);

    assertThat(parts).hasSizeGreaterThanOrEqualTo(3);
    for (int i = 1; i < parts.length; i += 2) {
      assertThat(readme).contains("```java\n" + parts[i].replaceAll("(?m)^ {4}", "") + "```\n");
    }
  }
}

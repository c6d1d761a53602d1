package dev.spanwise.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  @Test
  void showsTheCodeThatTheTestsRun() throws IOException {
    String source =
        Files.readString(
            Path.of("src/test/java/dev/spanwise/instrumentation/jdbc/WiringExample.java"));
    String mark = "    // README\n";
    int start = source.indexOf(mark) + mark.length();
    String example =
        source.substring(start, source.indexOf(mark, start)).replaceAll("(?m)^ {4}", "");

    assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + example + "```\n");
  }
}
